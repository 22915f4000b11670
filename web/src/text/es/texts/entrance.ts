import type { entrance as English } from "../../en/texts/entrance";

export const entrance: typeof English = {
  entrance: {
    noWayIn: "No se puede conectar",
    tryAgain: "Intentar de nuevo",
    looking: "Buscando el servidor…",
    notOpen: "Cerrado a invitados",
    noGuests: "Esta página no admite invitados. Ábrela desde la aplicación a la que pertenece.",
    unreachable: "No se llega al servidor.",
    notNow: (status) => `El servidor no puede dejarte entrar ahora (${status}).`,
    invited: "Te han invitado",
    title: "Escucha con los demás",
    about: "Una canción a la vez, sincronizada para toda la sala. Charla, añade canciones, vota la siguiente.",
    nameLabel: "¿Cómo te llamarán los demás?",
    namePlaceholder: "Tu nombre",
    comeIn: "Entrar",
  },
};
