import fc from 'fast-check';

/**
 * Properties draw the same cases on every run, so that a change passes or fails by what it does. To look further,
 * draw others: `PROPERTY_SEED=$RANDOM npx vitest run test/unit`; a failure prints its seed.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 4711) });
