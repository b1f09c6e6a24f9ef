import { Duration } from 'aws-cdk-lib';

/** Time-outs and limits of the stack alone; those of the queues are in lib/work/queue-definition.ts. */

/** As many calls as BILL takes at once (BILL dossier §1); the gate in the ledger is the cap over both consumers. */
export const consumerConcurrency = 3;

/** One look-up of the secret and one send; BILL does not wait long for an answer. */
export const webhookTimeout = Duration.seconds(10);

/** One poll. It keeps its cursor page by page, so the next one goes on where this one was cut off. */
export const pollTimeout = Duration.minutes(5);

/** How long a task of a poll may wait while others hold its function: twice what all of them together can take. */
export const longestTurn = Duration.hours(1);

/** Notifications per second that the webhook's route takes, and how many at once. */
export const webhookThrottle = { rateLimit: 20, burstLimit: 50 };

/** How long a message may wait before a person is told: an outage of six hours needs nobody (I10). */
export const oldestMessage = Duration.hours(7);

/** So many refused notifications in five minutes look like an attack or a wrong key. */
export const refusedWebhooks = 20;
