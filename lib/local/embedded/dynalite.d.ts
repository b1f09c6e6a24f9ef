/** The part of dynalite that is used; it ships no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** Directory of the LevelDB that keeps the tables; in memory without it. */
    path?: string;
    /** How long a new table is `CREATING`, in milliseconds. */
    createTableMs?: number;
  }
  export default function dynalite(options?: Options): Server;
}
