import { countIn } from "../../../language/plural";
import type { page as English } from "../../en/texts/page";

const count = countIn("es");

export const page: typeof English = {
  language: { label: "Idioma" },
  problems: {
    unexpected: "Algo ha fallado.",
    partFailed: (name) => `${name} no se puede mostrar: algo ha fallado ahí dentro.`,
    showAgain: "Mostrar de nuevo",
    reason: (reason) => `Motivo: ${reason}`,
    again: (inTime) => `Inténtalo de nuevo en ${inTime}.`,
    dismiss: "Cerrar",
  },
  app: {
    name: "WhatsSound",
    page: "La página",
    connecting: "Conectando…",
    notConnected: "Aún sin conexión",
    noAnswerYet: "El servidor no ha contestado todavía.",
    tryingAgain: "Se sigue intentando solo.",
    tryNow: "Intentar ahora",
    offline: "Estás sin conexión",
    offlineIs: "Este dispositivo no tiene red ahora mismo.",
  },
  connection: {
    connecting: "Conectando…",
    live: "En directo",
    reconnecting: "Reconectando…",
    recovered: "En directo",
    lost: "En directo",
    offline: "Sin red",
    closed: "Cerrada",
    nothingMissed: "Has vuelto sin perderte nada.",
    missed: count({ one: "Has vuelto, con una novedad.", other: "Has vuelto, con # novedades." }),
    loadedAnew: "Has vuelto. La sala se ha cargado de nuevo.",
  },
};
