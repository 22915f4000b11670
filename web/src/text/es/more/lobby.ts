import { countIn } from "../../../language/plural";
import type { lobby as English } from "../../en/more/lobby";

const count = countIn("es");

export const lobby: typeof English = {
  lobby: {
    hello: (name) => (name.endsWith(".") ? `Hola, ${name}` : `Hola, ${name}.`),
    helloNobody: "Hola.",
    about: "Abre una sala y manda el enlace a tu gente, o entra en alguna.",
    openRoom: "Abrir una sala",
    namePlaceholder: "Viernes noche, canciones lentas…",
    open: "Abrir",
    moreSettings: "Más detalles",
    description: "De qué va",
    tags: "Etiquetas, separadas por comas",
    tagsPlaceholder: "jazz, noche",
    isTemporary: "Se cierra cuando se han ido todos",
    mine: "Tus salas",
    reopen: "Abrir de nuevo",
    reopenRoom: (name) => `Abrir ${name} de nuevo`,
    search: "Buscar una sala",
    noneFound: "No hay ninguna sala así.",
    notTag: (tag) => `No solo ${tag}`,
    onlyTag: (tag) => `Solo salas con ${tag}`,
    hasPassword: "Pide contraseña",
    partial: "Puede que ahora falten algunas salas.",
    more: "Mostrar más salas",
    isListed: "Mostrarla en la lista",
    rooms: "Salas abiertas",
    looking: "Mirando…",
    nobody: "Todavía no hay nadie. Abre la primera sala.",
    quiet: "Ahora en silencio",
    listeners: count({ one: "# oyente", other: "# oyentes" }),
  },
};
