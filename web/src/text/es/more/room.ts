import { countIn } from "../../../language/plural";
import type { room as English } from "../../en/more/room";

const count = countIn("es");

export const room: typeof English = {
  menu: { title: "Sala", you: "Tú", history: "Historial", invites: "Invitaciones", order: "Moderación", roles: "Roles", settings: "Ajustes" },
  fold: { more: "Mostrar todo", less: "Mostrar menos" },
  person: {
    role: (name) => `Qué es ${name} aquí`,
    makeHost: "Hacer anfitrión",
    makeTheHost: (name) => `Hacer anfitrión a ${name}`,
    follow: "Avisarme cuando ponga música",
    unfollow: "No avisarme más cuando ponga música",
    measures: { Mute: "Silenciar", Timeout: "Dejar en pausa", QueueBan: "Sin canciones", Kick: "Echar", Ban: "Expulsar", ShadowMute: "Silenciar sin avisar", Report: "Denunciar" },
    howLong: "Durante cuánto",
    forGood: "Hasta que se levante",
    reason: "Motivo",
  },
  you: {
    role: (role) => `Tu rol: ${role.toLowerCase()}`,
    giveUp: "Dejar este rol",
    leave: "Salir de la sala",
    name: "Cómo te llaman los demás",
    rename: "Cambiar el nombre",
    renamed: "Ya te llamas así.",
    nameRefused: "Ese nombre no se puede usar: no tiene nada visible, o tiene caracteres ocultos.",
    follows: (max) => `Se te avisa cuando ponen música (hasta ${max})`,
    followsNobody: "Aún no se te avisa de nadie. Se elige junto al nombre de alguien.",
    unfollow: (name) => `No avisarme más cuando ${name} ponga música`,
    unfollowShort: "No avisarme",
  },
  history: {
    figures: (plays, songs, time, peak) => `Han sonado ${plays} veces ${songs} canciones, ${time} de música, con ${peak} oyentes como mucho.`,
    none: "Todavía no ha sonado nada.",
    listeners: count({ one: "# oyente", other: "# oyentes" }),
    score: count({ one: "# voto", other: "# votos" }),
    reasons: { completed: "entera", voteSkip: "saltada por votación", hostSkip: "saltada por el anfitrión", skipped: "saltada", removed: "quitada", error: "no se pudo reproducir" },
    asCsv: "Todo como tabla (CSV)",
    asJson: "Todo como JSON",
    djs: (names) => `Quienes más han puesto: ${names}`,
    djPlays: (name, plays) => `${name} (${plays})`,
    notExported: (status) => `El servidor no lo ha dado (${status}).`,
  },
  notices: {
    songNext: (title, room) => `${title} es la siguiente en ${room}.`,
    songPlaying: (title, room) => `${title} suena en ${room}.`,
    mention: (name) => `${name} te menciona.`,
    djLive: (name, room) => `${name} pone música en ${room}.`,
    report: (reason) => `Han denunciado a alguien: ${reason}`,
    sanctions: {
      mute: "Durante un tiempo no puedes hablar aquí.", timeout: "Durante un tiempo no puedes hacer nada aquí.", queueBan: "Durante un tiempo no puedes añadir canciones aquí.", kick: "Te han echado.", ban: "Te han expulsado.",
    },
    sanctioned: "Se te ha prohibido algo.",
    lifted: "Lo que se te prohibió vuelve a estar permitido.",
    reason: (reason) => `Motivo: ${reason}`,
    goThere: "Ir allí",
    dismiss: "Cerrar este aviso",
  },
};
