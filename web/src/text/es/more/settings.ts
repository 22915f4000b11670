import { countIn } from "../../../language/plural";
import type { settings as English } from "../../en/more/settings";

const count = countIn("es");

export const settings: typeof English = {
  settings: {
    name: "Nombre",
    description: "De qué va",
    tags: "Etiquetas, separadas por comas",
    visibility: "Quién la encuentra",
    visibilities: { public: "Todos: está en la lista", unlisted: "Quien tenga el enlace", inviteOnly: "Quien esté invitado" },
    password: "Contraseña",
    newPassword: "Otra contraseña",
    noPassword: "Quitar la contraseña",
    membersMax: "Cuántos caben (0: tantos como en cualquier sala)",
    slowMode: "Modo lento",
    notSlow: "Desactivado",
    slowSeconds: count({ one: "Un mensaje por segundo", other: "Un mensaje cada # segundos" }),
    switches: {
      isQueueLocked: "Por ahora nadie añade canciones",
      isChatLocked: "Por ahora nadie habla",
      isJoinLocked: "Por ahora nadie entra",
      isTemporary: "Se cierra cuando se han ido todos",
      waitsForReady: "Cada canción espera a que casi todos la tengan",
      allowsShadowMute: "Se puede silenciar sin avisar",
    },
    save: "Guardar",
    saved: "Guardado.",
    queue: "La cola",
    limits: {
      songsPerUserMax: "Canciones por persona (0: tantas como permita el servidor)",
      minutesPerUserMax: "Minutos por persona (0: sin límite)",
      noRepeatMinutes: "Minutos antes de repetir una canción (0: enseguida)",
      isVotingOff: "No se votan canciones",
      removesVotedDown: "Las canciones con votos en contra se van",
    },
    fallback: "Cuando la cola está vacía",
    fallbackIs: "Suenan una y otra vez hasta que alguien añade una canción. Lo que elijas sustituye a lo de antes.",
    fallbackSongs: "Canciones",
    fallbackSet: "Que suenen estas",
    fallbackNone: "Que no suene nada",
    fallbackIsSet: count({ one: "Suena # canción cuando la cola está vacía.", other: "Suenan # canciones cuando la cola está vacía." }),
    fallbackIsSilence: "No suena nada cuando la cola está vacía.",
    close: "Cerrar la sala",
    closeMeans: "La canción termina y todos tienen que salir. Puedes volver a abrirla.",
    closeReason: "Motivo, si lo hay",
    closeNow: "Cerrarla ya",
    keepOpen: "Dejarla abierta",
  },
};
