import { choice, type ElementSchema, group, integer, text, value } from '../elementSchema.ts';
import { ticked } from './shared/ticked.ts';

const page = { docs: 'trafficshaper/advanced.html' };

/** The forms ask no more than that the text be numeric. */
const number = { type: 'decimal', min: 0, max: Number.MAX_SAFE_INTEGER } as const;

const bandwidthUnits = { Kb: 'Kbit/s', Mb: 'Mbit/s', Gb: 'Gbit/s', b: 'Bit/s', '%': '%' };

/** What a queue of any scheduler has. */
const common: Readonly<Record<string, ElementSchema>> = {
  interface: text('The interface that the queue is on.'),
  name: text('What rules call the queue; the queue of a whole interface has its name.'),
  scheduler: choice(
    'How the queues of the interface share it.',
    { HFSC: 'HFSC', CBQ: 'CBQ', FAIRQ: 'FAIRQ', CODELQ: 'CODELQ', PRIQ: 'PRIQ' },
    { docs: 'trafficshaper/altq-scheduler-types.html' },
  ),
  bandwidth: value('How much may go through, in the unit beside.', number),
  bandwidthtype: choice('The unit of the bandwidth.', bandwidthUnits),
  qlimit: value('How many packets may wait.', number),
  tbrconfig: value('Bytes in the token bucket that measures the interface.', number),
  priority: integer('Which queue comes first: the higher the sooner.', { max: 15 }),
  description: text('What the queue is for.'),
  enabled: ticked('The queue is in use.', 'on'),
  default: ticked('Traffic that no rule puts elsewhere goes here.', 'default'),
  red: ticked('Packets are dropped at random before the queue is full.', 'on'),
  rio: ticked('Packets are dropped at random before the queue is full, those in and out counted apart.', 'on'),
  ecn: ticked('Congestion is told to the ends instead of dropping.', 'on'),
  codel: ticked('The queue is kept short by the time that packets wait.', 'on'),
};

const curveNames: Readonly<Record<string, string>> = {
  linkshare: 'its share of what is left over',
  realtime: 'what it is sure to get',
  upperlimit: 'the most that it may get',
};

/** The three service curves of an HFSC queue, four elements each. */
const serviceCurves: Readonly<Record<string, ElementSchema>> = Object.fromEntries(
  Object.entries(curveNames).flatMap(([curve, meaning]) => [
    [`${curve}1`, text(`The bandwidth at first: ${meaning}.`)],
    [`${curve}2`, text('Milliseconds for which that holds.')],
    [curve, ticked(`The queue has a curve for ${meaning}.`, 'on')],
    [`${curve}3`, text(`The bandwidth in the long run: ${meaning}.`)],
  ]),
);

const queue: ElementSchema = group(
  'A queue; those that it holds share what it has.',
  (): Readonly<Record<string, ElementSchema>> => ({
    ...common,
    ...serviceCurves,
    borrow: ticked('The queue may take what others leave.', 'on'),
    buckets: value('Into how many flows the queue sorts traffic.', number),
    hogs: text('The bandwidth below which a flow counts as small.'),
    queue,
  }),
  page,
);

/** Firewall > Traffic Shaper: firewall_shaper.php, shaper.inc (each scheduler’s wconfig). */
export const shaperSections: Readonly<Record<string, ElementSchema>> = {
  shaper: group(
    'The queues of the traffic shaper, interface by interface.',
    { queue, enable: ticked('The shaper is on; read up to pfSense 1.2.', 'on') },
    { docs: 'trafficshaper/index.html' },
  ),
};
