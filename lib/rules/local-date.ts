/** `2026-11-24`. */
export type LocalDate = string;
