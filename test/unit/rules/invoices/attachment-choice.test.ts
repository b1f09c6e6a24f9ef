import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseAttachments,
  isPdf,
  mostDocumentBytes,
} from '../../../../lib/rules/invoices/attachment-choice.ts';
import type { Attachment } from '../../../../lib/rules/sap-invoices.ts';

const none: ReadonlyMap<string, string> = new Map();

const fileName = fc.oneof(
  fc.constantFrom('invoice.pdf', 'Invoice.PDF', 'invoice (2).pdf', 'scan.tif', '.pdf', 'a/b\\c:d.pdf', ''),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((stem) => `${stem}.pdf`),
);
const attachment: fc.Arbitrary<Attachment> = fc.record(
  {
    id: fc.uuid(),
    fileName,
    mimeType: fc.constantFrom(
      'application/pdf',
      'APPLICATION/PDF; x=1',
      'image/tiff',
      'application/octet-stream',
    ),
    bytes: fc.constantFrom(0, 1, 4711, mostDocumentBytes, mostDocumentBytes + 1),
    createdAt: fc.constantFrom('2026-11-20T05:00:00.000Z', '2026-11-21T05:00:00.000Z'),
  },
  { requiredKeys: ['id', 'fileName'] },
);
const attachments = fc.array(attachment, { maxLength: 12 });
const most = fc.integer({ min: 1, max: 20 });

describe('the files that go to a bill', () => {
  it('are each once either chosen or left, for one reason, whatever order SAP answers in', () => {
    fc.assert(
      fc.property(attachments, most, fc.func(fc.integer()), (files, limit, shuffle) => {
        const { chosen, left } = chooseAttachments(files, none, limit);
        const seen = [...chosen, ...left].map(({ file }) => file.id).sort();
        expect(seen).toEqual(files.map(({ id }) => id).sort());
        const shuffled = [...files, ...files].sort((one, other) => shuffle(one.id) - shuffle(other.id));
        expect(chooseAttachments(shuffled, none, limit)).toEqual({ chosen, left });
      }),
    );
  });

  it('are PDFs that BILL takes, no more than wanted, the oldest first', () => {
    fc.assert(
      fc.property(attachments, most, (files, limit) => {
        const { chosen, left } = chooseAttachments(files, none, limit);
        expect(chosen.length).toBeLessThanOrEqual(limit);
        for (const { file } of chosen) {
          expect(file.bytes ?? 1).toBeGreaterThan(0);
          expect(file.bytes ?? 1).toBeLessThanOrEqual(mostDocumentBytes);
          expect(`${file.fileName} ${file.mimeType}`).toMatch(/pdf/i);
        }
        const late = left.filter(({ why }) => why === 'too-many').map(({ file }) => file.createdAt ?? '');
        if (late.length > 0) expect(chosen).toHaveLength(limit);
        for (const { file } of chosen)
          for (const time of late) expect((file.createdAt ?? '') <= time).toBe(true);
      }),
    );
  });

  it('have names of their own that end in .pdf and hold nothing that a file system refuses', () => {
    fc.assert(
      fc.property(attachments, most, (files, limit) => {
        const names = chooseAttachments(files, none, limit).chosen.map(({ name }) => name);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
        for (const name of names) {
          expect(name).toMatch(/^[^\p{C}/\\:*?"<>|]+\.pdf$/u);
          expect(name.length).toBeLessThanOrEqual(110);
          expect(name).toBe(name.trim());
        }
      }),
    );
  });

  it('keep their names and places once BILL knows them, however many others come', () => {
    fc.assert(
      fc.property(attachments, attachments, most, (files, more, limit) => {
        const first = chooseAttachments(files, none, limit).chosen;
        const known = new Map(first.map(({ file, name }) => [file.id, name]));
        const { chosen } = chooseAttachments([...files, ...more], known, limit);
        for (const { file, name } of first)
          expect(chosen.find((each) => each.file.id === file.id)?.name).toBe(name);
        expect(chosen.length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it.each([
    [{ fileName: 'scan.tif', mimeType: 'image/tiff' }, 'not-a-pdf'],
    [{ fileName: 'invoice', mimeType: 'application/pdf', bytes: 0 }, 'empty'],
    [{ fileName: 'invoice.pdf', bytes: mostDocumentBytes + 1 }, 'too-large'],
  ])('leave %j: %s', (fields, why) => {
    expect(chooseAttachments([{ id: '1', ...fields }], none, 5).left).toMatchObject([{ why }]);
  });

  it('may be just as large as BILL takes', () => {
    const file = { id: '1', fileName: 'invoice.pdf', bytes: mostDocumentBytes };
    expect(chooseAttachments([file], none, 5).chosen).toMatchObject([{ file }]);
  });

  it('are told from each other where SAP has two of one name', () => {
    const files = ['1', '2', '3'].map((id) => ({ id, fileName: id === '3' ? 'SCAN.PDF' : 'Scan.pdf' }));
    const names = chooseAttachments(files, new Map([['9', 'scan (2).pdf']]), 5).chosen.map(
      ({ name }) => name,
    );
    expect(names).toEqual(['SCAN.pdf', 'Scan (3).pdf', 'Scan (4).pdf']);
  });
});

describe('a PDF', () => {
  it.each([
    ['%PDF-1.4', true],
    [`${'x'.repeat(1000)}%PDF-2.0`, true],
    [`${'x'.repeat(1020)}%PDF-2.0`, false],
    ['<html>', false],
    ['', false],
  ])('is known by its mark: %#', (content, expected) => {
    expect(isPdf(Buffer.from(content))).toBe(expected);
  });
});
