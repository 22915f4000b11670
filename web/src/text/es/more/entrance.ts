import type { entrance as English } from "../../en/more/entrance";

export const entrance: typeof English = {
  entrance: {
    serverTakesNoGuests: "Este servidor no admite invitados.",
    notLetIn: (status) => `El servidor no te deja entrar (${status}).`,
    crowded: "Llega demasiada gente desde tu red. Podrás entrar enseguida.",
    appSilent: "La aplicación que muestra esta página no ha dicho quién eres.",
    signInFirst: (host) => `Inicia sesión primero en ${host}.`,
    noToken: (status) => `La aplicación no dice quién eres (${status}).`,
    forgotten: "Este navegador ha olvidado tu nombre; vuelve a cargar la página.",
  },
};
