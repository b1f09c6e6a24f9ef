import { type FirmInvoice, part, share, usTax } from './firm-invoice.ts';

/** Late October: how accounts and cost centers find their place in BILL, and how two of them do not. */
export const coding = {
  /** Its account lies in a range that the configuration maps as a whole. */
  liftRepair: {
    supplier: 'brightwater',
    reference: 'BW-1029',
    date: '2026-10-29',
    shares: [share('repairs', 'officeUs', '640.00', 'Lift, freight elevator')],
    tax: usTax('40.00'),
  },
  /** The account is there in BILL, but archived. */
  journals: {
    supplier: 'quillstone',
    reference: 'QS-77188',
    raises: 'ACCOUNT_NOT_MAPPED',
    date: '2026-10-29',
    shares: [share('subscriptions', 'consultingUs', '1480.00', 'Journals, yearly')],
  },
  /** The project's cost center ended in September; its order is billed in October. */
  projectReview: {
    supplier: 'tidewater',
    reference: 'TSG-5541',
    raises: 'COST_CENTER_NOT_VALID',
    date: '2026-10-30',
    orderItems: [
      {
        order: '4500000109',
        item: '00010',
        text: 'Project Orchard, closing review',
        quantity: '16',
        unit: 'H',
        shares: [part('temporaryStaff', 'orchardUs', '1760.00')],
      },
    ],
  },
} as const satisfies Record<string, FirmInvoice>;
