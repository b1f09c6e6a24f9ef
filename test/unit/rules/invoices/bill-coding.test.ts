import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartOfAccount } from '../../../../lib/rules/bill-documents.ts';
import { codeLines } from '../../../../lib/rules/invoices/bill-coding.ts';
import type { Classification, ReferenceData } from '../../../../lib/rules/reference-data.ts';
import { config, invoice, refusal } from '../documents.ts';

const numbers = ['61000001', '61000002', '61000003', '61000004', '61000005'];
const centers = ['17101101', '17101102', '17101103', '17101104'];

const chartArbitrary: fc.Arbitrary<ChartOfAccount[]> = fc
  .subarray(numbers)
  .chain((present) =>
    fc.tuple(
      ...present.map((number, index) =>
        fc
          .boolean()
          .map((archived) => ({ id: `0caEXAMPLE${index}`, name: `Account ${number}`, number, archived })),
      ),
    ),
  );

const departmentsArbitrary: fc.Arbitrary<Classification[]> = fc
  .subarray(centers)
  .chain((present) =>
    fc.tuple(
      ...present.map((number, index) =>
        fc.boolean().map((archived) => ({ id: `0deEXAMPLE${index}`, name: `${number} Example`, archived })),
      ),
    ),
  );

const linesArbitrary = fc.array(
  fc.record({
    glAccount: fc.constantFrom(...numbers),
    costCenter: fc.option(fc.constantFrom(...centers), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 6 },
);

const withDepartments = config({ costCenters: { as: 'department' } });

function coded(
  lines: readonly { glAccount: string; costCenter?: string | undefined }[],
  chart: readonly ChartOfAccount[],
  reference: ReferenceData,
) {
  const uncoded = lines.map((line) => ({ amount: '1.00', description: 'Example', ...line }));
  return codeLines(invoice(), uncoded, withDepartments, { chart, reference });
}

describe('codeLines', () => {
  it('codes every line, or names every gap and codes none', () => {
    fc.assert(
      fc.property(linesArbitrary, chartArbitrary, departmentsArbitrary, (lines, chart, department) => {
        const active = (number: string, entries: readonly { name: string; archived: boolean }[]) =>
          entries.some(({ name, archived }) => name.includes(number) && !archived);
        const gaps = [
          ...lines.map((each) => each.glAccount).filter((each) => !active(each, chart)),
          ...lines.flatMap((each) => each.costCenter ?? []).filter((each) => !active(each, department)),
        ];
        const run = () => coded(lines, chart, { classifications: { department } });
        if (gaps.length === 0) {
          const result = run();
          expect(result).toHaveLength(lines.length);
          for (const [index, line] of result.entries()) {
            expect(chart.find(({ id }) => id === line.chartOfAccountId)?.number).toBe(
              lines[index]?.glAccount,
            );
            expect(line.departmentId === undefined).toBe(lines[index]?.costCenter === undefined);
          }
        } else {
          const { message } = refusal(run);
          for (const gap of gaps) expect(message).toContain(gap);
        }
      }),
    );
  });

  const chart = [{ id: '0ca1', name: 'Example', number: '61000001', archived: false }];
  const lines = [{ glAccount: '61000001', costCenter: '17101101' }];
  const department = [{ id: '0de1', name: '17101101 Consulting', archived: false }];

  it('puts the id where the configuration wants it', () => {
    const fields = {
      department: 'departmentId',
      location: 'locationId',
      'accounting-class': 'accountingClassId',
    };
    for (const [as, field] of Object.entries(fields)) {
      const settings = config({ costCenters: { as } as never });
      const reference = { classifications: { [as]: department } };
      const uncoded = lines.map((line) => ({ amount: '1.00', description: 'Example', ...line }));
      const [only] = codeLines(invoice(), uncoded, settings, { chart, reference });
      expect(only).toMatchObject({ [field]: '0de1' });
    }
  });

  it('says that BILL does not use the list that cost centers are mapped to', () => {
    const error = refusal(() => coded(lines, chart, {}));
    expect(error.code).toBe('COST_CENTER_NOT_MAPPED');
    expect(error.message).toContain('BILL has no list of departments');
  });

  it.each([
    ['ended', { validTo: '2026-10-31' }, 'is not valid on 2026-11-21'],
    ['begins later', { validFrom: '2027-01-01' }, 'is not valid on 2026-11-21'],
    ['blocked', { isBlocked: true }, 'is blocked'],
  ])('refuses a cost center that is %s on the posting date, and names it', (_, change, says) => {
    const costCenters = [{ ...center, ...change }];
    const error = refusal(() => coded(lines, chart, { costCenters, classifications: { department } }));
    expect(error.code).toBe('COST_CENTER_NOT_VALID');
    expect(error.message).toContain(`cost center 17101101 "Consulting" ${says}`);
    expect(error.sapValues.costCenters).toBe('17101101');
  });

  it('takes a cost center of which one of several periods holds the posting date', () => {
    const costCenters = [
      { ...center, validTo: '2026-10-31', isBlocked: true },
      { ...center, validFrom: '2026-11-01' },
    ];
    expect(coded(lines, chart, { costCenters, classifications: { department } })).toHaveLength(1);
  });

  it.each([{ isBlocked: true }, { isMarkedForDeletion: true }])(
    'refuses a G/L account that is out of use in the chart of its company code: %o',
    (change) => {
      const glAccounts = [
        { ...account, ...change },
        { ...account, chartOfAccounts: 'OTHR' },
      ];
      const reference = { companyCodes, glAccounts, classifications: { department } };
      const error = refusal(() => coded(lines, chart, reference));
      expect(error.code).toBe('GL_ACCOUNT_BLOCKED');
      expect(error.nextStep).toContain('61000001');
    },
  );

  it('does not mind that the account is blocked in another chart', () => {
    const glAccounts = [account, { ...account, chartOfAccounts: 'OTHR', isBlocked: true }];
    const reference = { companyCodes, glAccounts, classifications: { department } };
    expect(coded(lines, chart, reference)).toHaveLength(1);
  });
});

const center = {
  costCenter: '17101101',
  companyCode: '1710',
  name: 'Consulting',
  validFrom: '2020-01-01',
  validTo: '9999-12-31',
  isBlocked: false,
};

const account = {
  chartOfAccounts: 'YCOA',
  glAccount: '61000001',
  name: 'Consulting services',
  isProfitLoss: true,
  isBlocked: false,
  isMarkedForDeletion: false,
};

const companyCodes = [{ companyCode: '1710', name: 'Example', currency: 'USD', chartOfAccounts: 'YCOA' }];
