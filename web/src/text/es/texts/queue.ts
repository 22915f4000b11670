import { countIn } from "../../../language/plural";
import type { queue as English } from "../../en/texts/queue";

const count = countIn("es");

export const queue: typeof English = {
  queue: {
    title: "A continuación",
    songs: count({ one: "# canción", many: "# de canciones", other: "# canciones" }),
    empty: "La cola está vacía.",
    modes: { fair: "Todos por turnos", dj: "Los DJ por turnos", fifo: "Por orden de llegada", votes: "Primero la más votada" },
    orders: { fair: "Orden: todos por turnos", dj: "Orden: los DJ por turnos", fifo: "Orden: por llegada", votes: "Orden: primero la más votada" },
    all: count({ one: "Mostrar la canción", other: "Mostrar las # canciones" }),
    less: "Mostrar solo las primeras",
    barred: "Durante un tiempo no puedes añadir canciones aquí.",
    locked: "Por ahora nadie puede añadir canciones.",
    undo: "Deshacer",
    removed: (title) => `Se ha quitado ${title}.`,
    about: (title) => `Por qué ${title} está ahí y qué hacer con ella`,
    you: "tú",
    remove: (title) => `Quitar ${title}`,
    playedBefore: "Ya han sonado",
    add: "Añadir una canción",
    waiting: "Pendiente de añadir",
    byAddress: "Añadir con un enlace",
    house: "Canciones de la casa",
    votesFor: (title) => `Votos de ${title}`,
    voteUp: (title) => `Votar a favor de ${title}`,
    voteDown: (title) => `Votar en contra de ${title}`,
    score: "Puntos",
  },
};
