import { choice, type ElementSchema, group, integer, type LeafSchema, text, value } from '../elementSchema.ts';
import { ticked } from './shared/ticked.ts';

const page = { docs: 'trafficshaper/limiters.html' };

const count = { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER } as const;
/** The forms ask no more of most fields than that the text be numeric. */
const number = { type: 'decimal', min: 0, max: Number.MAX_SAFE_INTEGER } as const;

const codel: Readonly<Record<string, LeafSchema>> = {
  target: value('Milliseconds that a packet may wait.', number),
  interval: value('Milliseconds in which the shortest wait is looked for.', number),
};

const pie: Readonly<Record<string, LeafSchema>> = {
  target: value('Milliseconds that a packet should wait.', number),
  tupdate: value('Milliseconds between two reckonings of the drop rate.', number),
  alpha: value('How much the present wait counts in the drop rate.', number),
  beta: value('How much the change of the wait counts in the drop rate.', number),
  max_burst: value('Milliseconds for which a burst passes whole.', number),
  max_ecnth: value('The drop rate above which marking gives way to dropping.', number),
};

const flows: Readonly<Record<string, LeafSchema>> = {
  quantum: value('Bytes that one flow may send in a turn.', count),
  limit: value('How many packets may wait in all.', count),
  flows: value('How many flows are told apart.', count),
};

const red: Readonly<Record<string, LeafSchema>> = {
  w_q: value('How much the present length counts in the average.', number),
  min_th: value('The average length from which packets are dropped.', number),
  max_th: value('The average length from which all packets are dropped.', number),
  max_p: value('How likely a drop becomes at most before all are dropped.', number),
};

/** Elements such as param_codel_target: one for each setting of each algorithm. */
function parameters(
  algorithms: Readonly<Record<string, Readonly<Record<string, LeafSchema>>>>,
): Readonly<Record<string, ElementSchema>> {
  return Object.fromEntries(
    Object.entries(algorithms).flatMap(([algorithm, settings]) =>
      Object.entries(settings).map(([key, leaf]) => [`param_${algorithm}_${key}`, leaf]),
    ),
  );
}

const bandwidth = group('How much may go through, at which times.', {
  item: group('One limit.', {
    bw: value('The limit, in the unit beside.', number),
    burst: value('Kilobits that may pass at once after a pause.', number),
    bwscale: choice('The unit of the limit.', { Kb: 'Kbit/s', Mb: 'Mbit/s', Gb: 'Gbit/s', b: 'Bit/s' }),
    bwsched: text('The schedule in whose times the limit holds; none for always.'),
  }),
});

const schedulers = choice(
  'How the queues of the limiter take turns.',
  {
    'wf2q+': 'Worst-case Weighted fair Queueing',
    fifo: 'FIFO',
    qfq: 'Quick Fair Queueing',
    rr: 'Round Robin',
    prio: 'PRIO',
    fq_codel: 'FQ_CODEL',
    fq_pie: 'FQ_PIE',
  },
  { default: 'wf2q+' },
);

const identity: Readonly<Record<string, ElementSchema>> = {
  name: text('What rules call the limiter or queue.'),
  number: integer('The number under which dummynet knows it.', {}),
  qlimit: value('How many packets may wait.', number),
  description: text('What the limiter or queue is for.'),
  enabled: ticked('The limiter or queue is in use.', 'on'),
  buckets: value('The size of the table of dynamic queues.', number),
};

const dynamicQueues: Readonly<Record<string, ElementSchema>> = {
  mask: choice(
    'Whether each sender or receiver gets a queue of its own.',
    { none: 'None', srcaddress: 'Source addresses', dstaddress: 'Destination addresses' },
    { default: 'none' },
  ),
  maskbits: integer('The length of the IPv4 prefix that counts as one.', { max: 32 }),
  maskbitsv6: integer('The length of the IPv6 prefix that counts as one.', { max: 128 }),
};

const queueManagement: Readonly<Record<string, ElementSchema>> = {
  aqm: choice(
    'What happens when packets wait.',
    {
      droptail: 'Tail Drop',
      codel: 'CoDel',
      pie: 'PIE',
      red: 'Random Early Detection (RED)',
      gred: 'Gentle Random Early Detection (GRED)',
    },
    { default: 'droptail' },
  ),
  ...parameters({ codel, pie, red, gred: red }),
  ecn: ticked('Congestion is told to the ends instead of dropping.', 'on'),
  pie_onoff: ticked('PIE works only while the queue is long.', 'on', { since: 22.3 }),
  pie_capdrop: ticked('The drop rate of PIE rises only so fast.', 'on', { since: 22.3 }),
  pie_qdelay: ticked('PIE measures the wait by time stamps, not by the drain rate.', 'on', { since: 22.3 }),
  pie_pderand: ticked('PIE spreads its drops evenly.', 'on', { since: 22.3 }),
};

const queue = group(
  'A queue of the limiter.',
  {
    ...identity,
    weight: value('Its share of the limiter beside other queues.', number),
    plr: value('The share of packets that is lost on purpose, from 0 to 1.', number),
    ...dynamicQueues,
    ...queueManagement,
  },
  page,
);

const limiter = group(
  'A limiter.',
  {
    ...identity,
    plr: value('The share of packets that is lost on purpose, from 0 to 1.', number),
    bandwidth,
    ...dynamicQueues,
    delay: value('Milliseconds by which every packet is held back.', number),
    sched: schedulers,
    ...parameters({ fq_codel: { ...codel, ...flows }, fq_pie: { ...pie, ...flows } }),
    ...queueManagement,
    queue,
  },
  page,
);

/** Firewall > Traffic Shaper > Limiters: firewall_shaper_vinterface.php, shaper.inc (dnpipe_class, dnqueue_class). */
export const limitersSections: Readonly<Record<string, ElementSchema>> = {
  dnshaper: group('The limiters.', { queue: limiter }, page),
};
