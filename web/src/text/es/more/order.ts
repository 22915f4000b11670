import type { order as English } from "../../en/more/order";

export const order: typeof English = {
  order: {
    sanctions: "En vigor",
    reports: "Denuncias",
    log: "Quién hizo qué",
    none: "Nada.",
    older: "Mostrar anteriores",
    lift: "Levantar",
    liftOf: (name) => `Levantar lo que se le impide a ${name}`,
    by: (name) => `por ${name},`,
    until: (date) => `hasta ${date}`,
    actions: {
      mute: "Silencio", shadowMute: "Silencio sin aviso", timeout: "Pausa", queueBan: "Sin canciones", kick: "Echado", ban: "Expulsión", lift: "Levantado", report: "Denuncia", deleteChat: "Mensaje retirado", grantRole: "Rol dado", revokeRole: "Rol quitado",
      settings: "Ajustes", setPermission: "Permiso", setSuccession: "Sucesión", transferHost: "Anfitrión nombrado", close: "Sala cerrada", reopen: "Sala reabierta", createInvite: "Invitación creada", revokeInvite: "Invitación retirada", useInvite: "Entró con invitación",
      offerRoom: "Sala ofrecida", endRoomOffer: "Fin de la oferta de la sala", changeOwner: "Sala cedida", setQueueMode: "Orden de la cola", setQueueLimits: "Límites de la cola", setFallback: "Lo que suena sin cola",
      removeSong: "Canción quitada", clearQueue: "Cola vaciada", pinSong: "Canción puesta primero", skipSong: "Canción saltada", undo: "Cambio de la cola deshecho",
    },
  },
  key: { title: "Esta sala no es para todos", password: "Contraseña", invite: "Invitación, o su enlace", inviteNeeded: "Necesitas una invitación. Pídesela a quien te mandó aquí.", comeIn: "Entrar", toLobby: "A las salas abiertas" },
  invites: {
    role: "Entran como",
    goodFor: "Vale durante",
    usesMax: "Para cuántas personas",
    make: "Crear una invitación",
    link: "Manda este enlace:",
    copy: "Copiarlo",
    copied: "Copiado",
    good: "Invitaciones que valen",
    none: "No hay ninguna.",
    uses: (uses, max) => `Han venido ${uses} de ${max}`,
    revoke: "Anular",
  },
};
