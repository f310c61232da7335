import type { Config } from '../../model/config.ts';
import { peerElementOf } from '../../model/peerElement.ts';
import { setText } from '../../model/write.ts';
import { swapElements } from '../../syntax/edits.ts';
import type { Element } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import { editsOf, itemAsked, type Offer, type Question, type Refactoring } from './refactoring.ts';

/** The rules that stand below each other on one page of the web interface, and the bars between them. */
interface RuleList {
  readonly rules: readonly Element[];
  readonly bars: readonly Bar[];
}

/** A separator. It stands before the rule of that number in the list (`fr0` is the first), or behind the last. */
interface Bar {
  readonly rowElement: Element;
  readonly row: number;
  readonly text: string;
}

/** Where a rule goes: past the bar beside it, or past the rule beside it. */
type Step =
  | { readonly past: 'bar'; readonly bar: Bar; readonly row: number }
  | { readonly past: 'rule'; readonly other: Element };

/**
 * Moves a rule by one line of its list, of which the bars are lines too: past a bar it goes to the other part of the list,
 * and no other rule changes sides. The lists of all interfaces stand in one in the file, so that the rules of others are
 * stepped over (firewall_rules.php, firewall_nat.php).
 */
export const moveRule: Refactoring = {
  kind: 'refactor.move',
  offers: question => {
    for (const path of ['filter/rule', 'nat/rule', 'nat/outbound/rule']) {
      const rule = itemAsked(question, path);
      if (rule) return (['up', 'down'] as const).flatMap(way => offersOf(question, { rule, path, way }));
    }
    return [];
  },
};

interface Move {
  readonly rule: Element;
  readonly path: string;
  readonly way: 'up' | 'down';
}

function offersOf({ snapshot: { config, peer } }: Question, move: Move): readonly Offer[] {
  const step = stepOf(config, move);
  if (!step) return [];
  const title = titleOf(move, step);
  const here = editsOf(config, editsOfStep(config, move, step));
  const there = peer && stepOfPeer({ config, peer }, move, step);
  const offer: Offer = { title, edits: () => here };
  return there
    ? [offer, { title: `${title}, on both nodes`, edits: () => [...here, ...editsOf(peer, there)] }]
    : [offer];
}

function titleOf({ way }: Move, step: Step): string {
  if (step.past === 'rule') return `Move the rule ${way}`;
  const what = step.bar.text === '' ? 'the separator' : `the separator “${step.bar.text}”`;
  return `Move the rule ${way}, ${way === 'up' ? 'above' : 'below'} ${what}`;
}

function stepOf(config: Config, { rule, path, way }: Move): Step | undefined {
  const { rules, bars } = listOf(config, rule, path);
  const at = rules.findIndex(each => each.is(rule));
  if (at < 0) return undefined;
  // Of several bars between two rules the one nearest to the rule comes first.
  const bar = way === 'up' ? bars.findLast(({ row }) => row === at) : bars.find(({ row }) => row === at + 1);
  if (bar) return { past: 'bar', bar, row: way === 'up' ? at + 1 : at };
  const other = rules[way === 'up' ? at - 1 : at + 1];
  return other && { past: 'rule', other };
}

function editsOfStep(config: Config, { rule }: Move, step: Step): readonly TextEdit[] {
  if (step.past === 'bar') return [setText(config, step.bar.rowElement, `fr${step.row}`)];
  return swapElements(rule, step.other);
}

/** The same step on the other node, where its rule stands beside the same thing. */
function stepOfPeer(
  { config, peer }: { readonly config: Config; readonly peer: Config },
  move: Move,
  step: Step,
): readonly TextEdit[] | undefined {
  const nodes = { node: config, peer };
  const rule = peerElementOf(move.rule, nodes);
  if (!rule) return undefined;
  const there = { ...move, rule };
  const own = stepOf(peer, there);
  if (step.past === 'bar') {
    return own?.past === 'bar' && own.bar.text === step.bar.text ? editsOfStep(peer, there, own) : undefined;
  }
  const other = peerElementOf(step.other, nodes);
  return own?.past === 'rule' && other && own.other.is(other) ? editsOfStep(peer, there, own) : undefined;
}

function listOf(config: Config, rule: Element, path: string): RuleList {
  const siblings = rule.parent?.childrenNamed('rule') ?? [];
  if (path === 'nat/outbound/rule') return { rules: siblings, bars: [] };
  if (path === 'nat/rule') return { rules: siblings, bars: barsIn(config, config.find('nat/separator')) };
  const key = listKey(config, rule);
  const rules = siblings.filter(each => listKey(config, each) === key);
  return { rules, bars: barsIn(config, config.find(`filter/separator/${key}`)) };
}

/** By what the rules of one list are known, which is also what the element with their bars is called. */
function listKey(config: Config, rule: Element): string {
  return rule.child('floating') ? 'floatingrules' : config.text(rule.child('interface')).trim().toLowerCase();
}

/** The bars in the order in which they are shown. */
function barsIn(config: Config, element: Element | undefined): readonly Bar[] {
  const bars = (element?.children() ?? []).flatMap((each): Bar[] => {
    const rowElement = each.child('row');
    const [, row] = /^fr(\d+)$/.exec(config.text(rowElement)) ?? [];
    if (!rowElement || row === undefined || !/^sep\d+$/.test(each.name)) return [];
    return [{ rowElement, row: Number(row), text: config.text(each.child('text')) }];
  });
  return bars.toSorted((one, other) => one.row - other.row);
}
