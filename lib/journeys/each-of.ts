import { DocumentError } from '../errors.ts';

/** Does the work for each, one after the other; the first DocumentError comes out when all had their turn. */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const refused: DocumentError[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      refused.push(error);
    }
  }
  const [first] = refused;
  if (first !== undefined) throw first;
}
