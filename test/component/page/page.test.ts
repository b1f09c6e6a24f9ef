import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentStory, Task } from '../../../lib/local/desk/desk.ts';
import type { DocumentList, Overview } from '../../../lib/local/page/api.ts';
import { type SmallFirm, startSmallFirm, wickedName } from '../../support/small-firm.ts';

let firm: SmallFirm;

beforeAll(async () => {
  firm = await startSmallFirm();
});

afterAll(() => firm.close());

const get = (path: string, headers = {}) => fetch(new URL(path, firm.url), { headers });
const json = async <T>(path: string) => (await (await get(path)).json()) as T;
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(new URL(path, firm.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const story = (id: string) => json<DocumentStory>(`/api/documents/${encodeURIComponent(id)}`);

describe('the page', () => {
  test('comes with a policy that allows nothing from elsewhere and nothing inline', async () => {
    const response = await get('/');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const html = await response.text();
    expect(html).not.toMatch(/https?:|<script(?![^>]*src=)|\son\w+=|<style|style=/);
  });

  test.each([
    ['/page.js', 'text/javascript; charset=utf-8'],
    ['/page.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
  ])('%s is served as what it is, and loads nothing else', async (path, type) => {
    const response = await get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).not.toMatch(/\bimport\s*[("']|from\s*"[^"]|@import|url\(/);
  });
});

describe('the API', () => {
  test('counts the documents at each stage, with their sums', async () => {
    const overview = await json<Overview>('/api/overview');
    const some = (counts: readonly { stage: string; count: number }[]) =>
      counts.filter(({ count }) => count > 0).map(({ stage, count }) => [stage, count]);
    expect(some(overview.invoices)).toEqual([
      ['paid', 1],
      ['exception', 4],
    ]);
    expect(some(overview.payments)).toEqual([['posted', 1]]);
    expect(overview.payments.find(({ stage }) => stage === 'posted')?.amounts).toEqual([
      { currency: 'USD', amount: '99.99' },
    ]);
    expect(overview).toMatchObject({ connection: 'small-firm', idle: true, tasks: 4 });
    expect(overview.bill).toMatchObject({ callsPerHour: 18_000, places: 3, leasesInUse: [], logins: 1 });
    expect(overview.queues['bill-work']).toEqual({ messages: 0, deadLetters: 0 });
    expect(overview.polls['find-invoices']).toMatchObject({ found: 0 });
  });

  test('finds a document by any of its numbers, in SAP and in BILL', async () => {
    const { paid, billId, payment } = firm.documents;
    const { sap, bill } = await story(paid);
    const numberOf = (values: typeof sap, label: string) =>
      values.find((value) => value.label === label)?.value ?? 'missing';
    const entry = numberOf(sap, 'Paid by journal entry').split('/')[1] ?? 'missing';
    const accountingDocument = numberOf(sap, 'Accounting document');
    expect(numberOf(bill, 'Bill')).toBe(billId);
    const found = async (number: string) =>
      (await json<DocumentStory[]>(`/api/trace/${encodeURIComponent(number)}`)).map(({ id }) => id);
    for (const number of [paid, paid.split('/')[1] ?? '', 'ES-1', accountingDocument, billId]) {
      expect(await found(number), number).toContain(paid);
    }
    expect(await found(payment)).toEqual([payment]);
    expect(await found(entry)).toEqual([payment]);
  });

  test('tells the whole story of an invoice, and its payment beside it', async () => {
    const { paid, payment } = firm.documents;
    const told = await story(paid);
    expect(told).toMatchObject({ stage: 'paid', party: 'Example Supplies LLC', amount: '99.99' });
    expect(told.related.map(({ id, stage }) => [id, stage])).toEqual([[payment, 'posted']]);
    expect(told.events.map(({ text }) => text).join('\n')).toMatch(/Seen in SAP.*is in BILL.*posted in SAP/s);
    const back = await story(payment);
    expect(back.related.map(({ id, stage }) => [id, stage])).toEqual([[paid, 'paid']]);
  });

  test('lists documents by kind, stage, a part of a number, or a part of the name', async () => {
    const { paid, payment, unmapped } = firm.documents;
    const ids = async (query: string) =>
      (await json<DocumentList>(`/api/documents?${query}`)).documents.map(({ id }) => id);
    expect(await ids('kind=payment')).toEqual([payment]);
    expect(await ids('kind=invoice&stage=paid')).toEqual([paid]);
    expect(await ids(`search=${payment.slice(4, 12)}`)).toEqual([payment]);
    expect(await ids('search=sons')).toEqual([unmapped]);
    expect(await ids('search=5100000001')).toEqual([paid]);
    expect(await ids('search=nothing-like-it')).toEqual([]);
  });

  test('gives a supplier’s name as the text that it is', async () => {
    const response = await get('/api/exceptions');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const tasks = (await response.json()) as Task[];
    expect(tasks.map(({ document }) => document?.party)).toContain(wickedName);
  });

  test.each([
    ['/api/exceptions/1710%2F1%2F2026', 404, 'NO_SUCH_EXCEPTION'],
    ['/api/documents/nonsense', 404, 'NOTHING_FOUND'],
  ])('%s is refused with what to do', async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, nextStep: expect.any(String) } });
  });
});

describe('nobody but the page itself and programs of this machine decides anything', () => {
  const decide = (headers: Record<string, string>, body?: string) =>
    post('/api/exceptions/skip', body ?? { id: firm.documents.twice, by: 'Mallory', why: 'x' }, headers);

  test.each<[string, Record<string, string>, number]>([
    ['a form of another site', { 'content-type': 'text/plain' }, 415],
    ['a form field', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a script of another site', { origin: 'https://evil.example' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['a browser that says so', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s is refused', async (_name, headers, status) => {
    expect((await decide(headers)).status).toBe(status);
    expect((await story(firm.documents.twice)).stage).toBe('exception');
  });

  test('nor does a request without a name or a reason', async () => {
    const { twice: id } = firm.documents;
    for (const body of [{ id, by: ' ', why: 'x' }, { id, by: 'A. Clerk', why: ' ' }, { id }, '{', '[]']) {
      expect((await post('/api/exceptions/skip', body)).status).toBe(400);
    }
    expect((await story(id)).stage).toBe('exception');
  });
});

describe('a clerk', () => {
  test('mends what is wrong and retries: the normal path runs again, and who asked is kept', async () => {
    const { unmapped: id } = firm.documents;
    firm.bill.office.addChartOfAccount({ name: 'Client gifts', number: '61019000' });
    firm.clock.pass(2 * 60_000);
    const origin = firm.url;
    const body = { id, by: 'A. Clerk' };
    expect((await post('/api/exceptions/retry', body, { origin })).status).toBe(204);
    await firm.settle();
    const told = await story(id);
    expect(told.stage).toBe('handed-over');
    expect(told.exception).toBeUndefined();
    expect(told.events).toContainEqual(
      expect.objectContaining({ by: 'A. Clerk', text: expect.stringContaining('Retry') }),
    );
  });

  test('retries without having mended anything: the exception stays', async () => {
    const { twice: id } = firm.documents;
    expect((await post('/api/exceptions/retry', { id, by: 'A. Clerk' })).status).toBe(204);
    await firm.settle();
    const { stage, exception, events } = await story(id);
    expect([stage, exception?.code]).toEqual(['exception', 'SAME_REFERENCE_TWICE']);
    expect(events.at(-1)).toMatchObject({ by: 'connector', text: expect.stringContaining('Exception') });
  });

  test('skips with a reason, which is kept; a retry takes the document up again', async () => {
    const { otherCurrency: id } = firm.documents;
    const why = 'paid by the bank in EUR';
    expect((await post('/api/exceptions/skip', { id, by: 'A. Clerk', why })).status).toBe(204);
    await firm.settle();
    expect(await story(id)).toMatchObject({ stage: 'skipped', skipped: { by: 'A. Clerk', why } });
    expect((await post('/api/exceptions/skip', { id, by: 'A. Clerk', why })).status).toBe(404);
    expect((await post('/api/exceptions/retry', { id, by: 'B. Clerk' })).status).toBe(204);
    await firm.settle();
    expect(await story(id)).toMatchObject({ stage: 'exception', exception: { code: 'CURRENCY_DIFFERS' } });
  });

  test('decides whose values hold where SAP and BILL differ, and is told what cannot be chosen', async () => {
    const { paid, payment, billId } = firm.documents;
    firm.bill.office.editBill(billId, { description: 'Supplies for the lobby' });
    firm.clock.pass(2 * 60_000);
    await firm.settle();
    const [task] = (await json<Task[]>('/api/exceptions')).filter(({ id }) => id === paid);
    expect(task).toMatchObject({
      code: 'EDITED_IN_BILL',
      billValues: { description: 'Supplies for the lobby' },
      choices: [{ keep: 'sap', refusal: expect.any(String) }, { keep: 'bill' }, { keep: 'leave' }],
    });
    const decide = (keep: string, id = paid) =>
      post('/api/exceptions/resolve', { id, keep, by: 'A. Clerk', why: 'as the buyer asked' });
    expect((await decide('both')).status).toBe(400);
    expect(await (await decide('sap')).json()).toMatchObject({ error: { code: 'CANNOT_BE_KEPT' } });
    const { twice } = firm.documents;
    expect(await (await decide('sap', twice)).json()).toMatchObject({ error: { code: 'NO_CHOICE' } });
    expect((await decide('bill')).status).toBe(204);
    await firm.settle();
    const told = await story(paid);
    expect(told).toMatchObject({ stage: 'paid', related: [{ id: payment }] });
    expect(told.events).toContainEqual(
      expect.objectContaining({ by: 'A. Clerk', text: expect.stringContaining("keep BILL's values") }),
    );
  });
});
