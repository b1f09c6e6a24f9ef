/** What one request is answered with. */
export interface Answer {
  readonly status: number;
  /** Written as JSON; keys without a value are left out. */
  readonly body?: unknown;
  /** Other text, with its content type. */
  readonly text?: string;
  readonly type?: string;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
