import type { BillStatistics } from '../bill-simulator/books.ts';
import { acts } from './acts.ts';
import type { PlantedException } from './planted.ts';
import type { World } from './world.ts';

/** How far the story is, and what the simulators counted. */
export interface WorldSummary {
  readonly actsPlayed: number;
  readonly acts: number;
  /** Title of the act that comes next. */
  readonly next?: string;
  /** Exceptions that the connector is to raise. */
  readonly planted: readonly PlantedException[];
  readonly sapRequests: Readonly<Record<string, number>>;
  readonly bill: BillStatistics;
}

export function worldSummary({ sap, bill, story, planted }: World): WorldSummary {
  const { played } = story.progress;
  const next = acts[played]?.title;
  return {
    actsPlayed: played,
    acts: story.acts,
    ...(next === undefined ? {} : { next }),
    planted: planted(),
    sapRequests: { ...sap.books.requests },
    bill: bill.statistics(),
  };
}
