import type { Priority, Rating, Status } from '../../domain/ticket.ts';

/** What happens at the demonstration desk: who writes what, and how long people take. All of it is made up. */

/** A number from 0 up to 1, as `Math.random` gives it. */
export type Chance = () => number;

interface Customer {
  readonly name: string;
  readonly email: string;
}

interface Question {
  readonly subject: string;
  readonly body: string;
  /** What the customer asks once more after the first answer. */
  readonly again: string;
  readonly answer: string;
  readonly priority: Priority;
  readonly tags: readonly string[];
}

const customers: readonly Customer[] = [
  { name: 'Ada Bergmann', email: 'ada@bergmann.example' },
  { name: 'João Carvalho', email: 'joao@lojacarvalho.example' },
  { name: 'Olga Smirnova', email: 'olga@north-tea.example' },
  { name: 'Hugo Lefèvre', email: 'hugo@atelier-lefevre.example' },
  { name: 'Priya Raman', email: 'priya@raman-textiles.example' },
  { name: 'Bo Andersson', email: 'bo@fjellsport.example' },
  { name: 'Lucía Ortega', email: 'lucia@ortega-vinos.example' },
  { name: 'Sam Whitfield', email: 'sam@whitfield-cycles.example' },
];

const questions: readonly Question[] = [
  {
    subject: 'Checkout shows an empty page',
    body: 'Since this morning nobody can pay in our shop. The page after “Pay now” stays white.',
    answer: 'We found the payment module that fails and have restarted it. Could you try once more?',
    again: 'It works in Firefox now. In Safari the page is still white.',
    priority: 'urgent',
    tags: ['checkout'],
  },
  {
    subject: 'The invoice of October has the wrong address',
    body: 'We moved in September. Please send the invoice again with our new address.',
    answer: 'A corrected invoice is attached to your account, under Billing.',
    again: 'Thanks. The one of September would need the same.',
    priority: 'normal',
    tags: ['billing'],
  },
  {
    subject: 'How do I export all orders of a year?',
    body: 'Our accountant wants a spreadsheet of everything that was sold this year.',
    answer: 'Orders, then Export, and choose “This year”: the file comes to you by mail.',
    again: 'Does the file hold the refunds as well?',
    priority: 'low',
    tags: ['export'],
  },
  {
    subject: 'Two of our people cannot sign in',
    body: 'They get “wrong code”, although the phones show a new one each time.',
    answer: 'Their phones’ clocks were some minutes off. With the time set by the network, the codes are accepted.',
    again: 'One of them still cannot get in.',
    priority: 'high',
    tags: ['sign-in'],
  },
  {
    subject: 'Parcels to Norway get no label',
    body: 'The button does nothing for addresses in Norway; for Sweden it works.',
    answer: 'Labels to Norway need a customs value. We have filled in the default for your shop.',
    again: 'And for Switzerland?',
    priority: 'normal',
    tags: ['shipping'],
  },
  {
    subject: 'Stock is counted twice',
    body: 'After the sync of last night every article has twice its stock. We are selling what we do not have.',
    answer: 'We have stopped the sync and set the stock back to that of yesterday, 22:00.',
    again: 'Three articles are still wrong, see the list in our account.',
    priority: 'high',
    tags: ['stock', 'sync'],
  },
  {
    subject: 'Can the newsletter be sent in two languages?',
    body: 'Half of our customers read French.',
    answer: 'Yes: add a second language to the newsletter, and each reader gets the one of their account.',
    again: 'What happens to readers without a language?',
    priority: 'low',
    tags: ['newsletter'],
  },
  {
    subject: 'A customer was charged twice',
    body: 'Order 20931 was charged on the 3rd and again on the 4th.',
    answer: 'The second charge has been returned; it will show within three working days.',
    again: 'The customer asks for a confirmation in writing. Can you send one?',
    priority: 'normal',
    tags: ['billing', 'refund'],
  },
  {
    subject: 'Price shows without tax since yesterday',
    body: 'Our prices have to include the tax. Since yesterday they do not, in all three shops.',
    answer:
      'The setting “Prices include tax” was lost with an update. It is on again, and we check your orders of today.',
    again: 'Two orders were placed at the wrong price. Who pays the difference?',
    priority: 'high',
    tags: ['prices'],
  },
  {
    subject: 'Orders do not reach our warehouse',
    body: 'Nothing has arrived there since 9 o’clock. They are standing around.',
    answer: 'The interface refused our certificate. It is renewed, and the orders of the morning are on their way.',
    again: 'We have 14 of 17. The last three are missing.',
    priority: 'urgent',
    tags: ['warehouse'],
  },
  {
    subject: 'Can we have a second administrator?',
    body: 'I am on leave in December, and my colleague should be able to change prices.',
    answer: 'Settings, then People: give your colleague the role Administrator. Nothing else is needed.',
    again: 'Can I limit that to December?',
    priority: 'normal',
    tags: ['accounts'],
  },
  {
    subject: 'Pictures look blurred on phones',
    body: 'On a computer they are sharp. It began with the new theme.',
    answer: 'The theme asks for pictures of 400 pixels. We have switched yours to 1200.',
    again: 'The start page is sharp now, the articles are not.',
    priority: 'normal',
    tags: ['theme'],
  },
  {
    subject: 'Discount code can be used twice',
    body: 'WELCOME10 should work once for each customer. Some have used it five times.',
    answer: 'The code was limited for each order, not for each customer. We have set it right.',
    again: 'Can you tell us who used it more than once?',
    priority: 'normal',
    tags: ['discounts'],
  },
  {
    subject: 'Reviews from another shop on our page',
    body: 'There are reviews of garden chairs. We sell tea.',
    answer: 'Two shops shared one key of the review service. Yours has its own now, and the chairs are gone.',
    again: 'The average still counts them, I think.',
    priority: 'high',
    tags: ['reviews'],
  },
  {
    subject: 'When will parcels be tracked in the app?',
    body: 'Our customers ask for it each week.',
    answer: 'It is being tested with a few shops. I have put yours on the list and will write to you when it begins.',
    again: 'Is there anything we have to prepare?',
    priority: 'low',
    tags: ['shipping'],
  },
  {
    subject: 'Return label is in the wrong language',
    body: 'Customers in Portugal get it in Spanish.',
    answer: 'Portugal had no language of its own in your return settings. It has one now.',
    again: 'Would Brazil be a different one?',
    priority: 'normal',
    tags: ['returns'],
  },
];

/** What the desk has written for its customers. */
export const articles: readonly { readonly title: string; readonly url: string; readonly body: string }[] = [
  {
    title: 'Export your orders',
    url: 'https://help.example/orders/export',
    body: 'Orders, then Export. Choose a month or a year: the spreadsheet comes by mail and holds refunds as well.',
  },
  {
    title: 'Change the address on your invoices',
    url: 'https://help.example/billing/address',
    body: 'Billing, then Address. Invoices that were sent before can be sent again with the new address.',
  },
  {
    title: 'When a sign-in code is wrong',
    url: 'https://help.example/accounts/codes',
    body: 'Codes go by the clock of the phone. Set its time by the network, and the next code is accepted.',
  },
  {
    title: 'Labels for parcels to other countries',
    url: 'https://help.example/shipping/labels',
    body: 'Norway and Switzerland need a customs value on each label. A default can be set for the whole shop.',
  },
  {
    title: 'Administrators and what they may do',
    url: 'https://help.example/accounts/roles',
    body: 'Settings, then People: an administrator can change prices and add colleagues, for good or for a time.',
  },
  {
    title: 'Limit a discount code',
    url: 'https://help.example/marketing/discounts',
    body: 'A code can be limited for each order or for each customer, and to a number of uses altogether.',
  },
];

const thanks = ['That was it, thank you!', 'Perfect, it works. Thank you.', 'Great, you can close this one.'];

export interface NewTicket {
  readonly subject: string;
  readonly body: string;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly requester: Customer;
}

/** What nobody asks at present, as long as there is such a question. */
export function newTicket(asked: ReadonlySet<string>, chance: Chance): NewTicket {
  const others = questions.filter(({ subject }) => !asked.has(subject));
  const { subject, body, priority, tags } = oneOf(others.length > 0 ? others : questions, chance);
  return { subject, body, priority, tags, requester: oneOf(customers, chance) };
}

/** What the story goes by, of a ticket as the API shows it; instants as epoch milliseconds. */
export interface Scene {
  readonly subject: string;
  readonly status: Status;
  readonly assignee: string | null;
  readonly nextDueAt: number | null;
  /** Whether the customer has said that all is well. */
  readonly satisfied: boolean;
}

export type Act =
  | { readonly by: 'agent'; readonly type: 'answer'; readonly body: string }
  | { readonly by: 'agent'; readonly type: 'take' | 'solve' }
  | { readonly by: 'customer'; readonly type: 'ask' | 'thank'; readonly body: string };

/** Of ten promises nearly nine are kept. */
const late = 0.12;
const satisfiedAtOnce = 0.6;

/** What happens to a ticket next unless something else happens before, and when; undefined once it is solved. */
export function nextAct(scene: Scene, now: number, chance: Chance): { act: Act; at: number } | undefined {
  const { subject, status, assignee, nextDueAt, satisfied } = scene;
  const question = questions.find((one) => one.subject === subject);
  if (status === 'solved' || status === 'closed') return undefined;
  if (status === 'pending' || status === 'on-hold') {
    const at = now + between(20_000, 80_000, chance);
    const again = chance() > satisfiedAtOnce;
    return again
      ? { at, act: { by: 'customer', type: 'ask', body: question?.again ?? 'Could you look once more?' } }
      : { at, act: { by: 'customer', type: 'thank', body: oneOf(thanks, chance) } };
  }
  if (assignee === null) return { at: now + between(5000, 15_000, chance), act: { by: 'agent', type: 'take' } };
  if (satisfied) return { at: now + between(5000, 20_000, chance), act: { by: 'agent', type: 'solve' } };
  const due = Math.max(now, nextDueAt ?? now + 60_000);
  const tooLate = chance() < late;
  // A breach is paged, acknowledged and then made good.
  const at = tooLate ? due + between(45_000, 120_000, chance) : now + (due - now) * between(0.15, 0.85, chance);
  return { at, act: { by: 'agent', type: 'answer', body: question?.answer ?? 'We are looking into it.' } };
}

const praise = [
  'Quick, and it worked at once.',
  'Friendly, and somebody who knew what they were talking about.',
  'I did not expect an answer within minutes.',
];
const blame = [
  'It works now, but I had to ask twice.',
  'The answer was right. It took too long for a shop that is standing still.',
];

export interface Judgement {
  readonly rating: Rating;
  readonly comment?: string;
}

/** What the customer says of a solved ticket, and after how many milliseconds; undefined where the customer says nothing. */
export function judgement(chance: Chance): { readonly words: Judgement; readonly after: number } | undefined {
  if (chance() > 0.6) return undefined;
  const rating = chance() < 0.85 ? 'good' : 'bad';
  const after = between(5000, 40_000, chance);
  if (chance() > 0.6) return { words: { rating }, after };
  return { words: { rating, comment: oneOf(rating === 'good' ? praise : blame, chance) }, after };
}

/** With so many open tickets nobody else writes. */
export const mostOpen = 22;
/** There from the beginning. */
export const firstTickets = 9;

/** How long until the next customer writes, in milliseconds. */
export function pause(chance: Chance): number {
  return between(6000, 20_000, chance);
}

/** How long whoever is paged takes to acknowledge, in milliseconds; null: they do not hear it, and the next is paged. */
export function reaction(chance: Chance): number | null {
  return chance() < 0.3 ? null : between(8000, 30_000, chance);
}

function between(from: number, to: number, chance: Chance): number {
  return from + (to - from) * chance();
}

function oneOf<T>(all: readonly T[], chance: Chance): T {
  return all[Math.floor(chance() * all.length)] as T;
}
