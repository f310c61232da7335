// Each clean sample, broken one element at a time in each of three ways, and whether anybody notices. What is not
// noticed stands in notFound.ts with the reason; what stands there and is noticed after all fails too.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import type { Config } from '../../server/src/model/config.ts';
import { pathOfElement } from '../../server/src/model/elementPath.ts';
import { removeElement, setText } from '../../server/src/model/write.ts';
import { Workspace } from '../../server/src/pair/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../server/src/rules/workspaceFindings.ts';
import { Element } from '../../server/src/syntax/tree.ts';
import type { TextEdit } from '../../server/src/syntax/xmlDocument.ts';
import { type Breakage, notFound } from './notFound.ts';

type Side = 'primary' | 'secondary';
type Way = Breakage['way'];

class BreakableSample {
  private readonly workspace = new Workspace();
  private readonly findings = new WorkspaceFindings(this.workspace, { rules });
  private readonly uris: Readonly<Record<Side, string>>;

  constructor(folder: string) {
    for (const name of readdirSync(`samples/${folder}`).filter(each => /\.(xml|json)$/.test(each))) {
      this.workspace.openEditor(uriOf(name), readFileSync(`samples/${folder}/${name}`, 'utf8'));
    }
    const roles = this.workspace.pairs()[0]!.roles!;
    this.uris = { primary: roles.primary.uri, secondary: roles.secondary.uri };
  }

  config(side: Side): Config {
    return this.workspace.configOf(this.uris[side])!;
  }

  /** How many findings there are in both files with these edits in them; they are taken back afterwards. */
  countWith(edits: Partial<Record<Side, TextEdit>>): number {
    const undo = sides.flatMap(side => {
      const edit = edits[side];
      if (!edit) return [];
      const before = this.config(side).document.buffer.slice(edit.from, edit.to);
      this.workspace.changeEditor(this.uris[side], [edit]);
      return [{ side, edit: { from: edit.from, to: edit.from + edit.text.length, text: before } }];
    });
    const count = sides.reduce((sum, side) => sum + this.findings.of(this.uris[side]).length, 0);
    for (const { side, edit } of undo) this.workspace.changeEditor(this.uris[side], [edit]);
    return count;
  }

  /** Where the elements of a side stand; paths, because an element is another object after each edit. */
  rows(side: Side): { readonly top: number; readonly row: number; readonly path: string }[] {
    const config = this.config(side);
    return config.document.tree.branches.flatMap((branch, top) =>
      Array.from({ length: branch.rows }, (_, row) => ({
        top,
        row,
        path: pathOfElement(config, new Element(branch, row)),
      })),
    );
  }

  element(side: Side, { top, row }: { readonly top: number; readonly row: number }): Element {
    return new Element(this.config(side).document.tree.branches[top]!, row);
  }
}

const sides = ['primary', 'secondary'] as const;
const ways = ['remove', 'change', 'swap'] as const;

const listed = notFound.map(each => ({
  ...each,
  paths: each.paths.map(path => ({ path, pattern: patternOf(path), uses: 0 })),
}));

for (const folder of ['tutorial', 'kea']) {
  test(`samples/${folder}: every element that is removed, changed or swapped with the peer's is noticed, but for those that need not be`, () => {
    const sample = new BreakableSample(folder);
    const wrong: string[] = [];
    assert.equal(sample.countWith({}), 0, 'the sample is clean');
    let found = 0;
    let silent = 0;
    for (const side of sides) {
      const others = new Map(sample.rows(other(side)).map(each => [each.path, each]));
      for (const at of sample.rows(side)) {
        for (const way of ways) {
          const edits = breakage(sample, { way, side, at, there: others.get(at.path) });
          if (!edits) continue;
          const isFound = sample.countWith(edits) > 0;
          if (isFound) found++;
          else silent++;
          if (isFound) continue;
          const { hasChildren, content } = sample.element(side, at);
          const isEmpty = !hasChildren && content.trim() === '';
          const reasons = listed
            .filter(each => (each.way ?? way) === way && (each.side ?? side) === side && (isEmpty || !each.isEmpty))
            .flatMap(({ paths }) => paths.filter(({ pattern }) => pattern.test(at.path)));
          if (reasons.length === 0) wrong.push(`${way} on the ${side}: ${at.path} is not noticed`);
          for (const reason of reasons) reason.uses++;
        }
      }
    }
    assert.equal(sample.countWith({}), 0, 'every breakage was taken back');
    assert.ok(wrong.length === 0, `${wrong.length} breakages are not noticed:\n${wrong.join('\n')}`);
    assert.ok(found > silent, `${found} noticed, ${silent} not`);
  });
}

test('no reason stands there that nothing needs', () => {
  const unused = listed.flatMap(({ paths }) => paths.filter(({ uses }) => uses === 0).map(({ path }) => path));
  assert.deepEqual(unused, []);
});

interface BreakageAt {
  readonly way: Way;
  readonly side: Side;
  readonly at: { readonly top: number; readonly row: number };
  readonly there: { readonly top: number; readonly row: number } | undefined;
}

/** The edits; none where this element cannot be broken so. */
function breakage(
  sample: BreakableSample,
  { way, side, at, there }: BreakageAt,
): Partial<Record<Side, TextEdit>> | undefined {
  const element = sample.element(side, at);
  switch (way) {
    case 'remove':
      return { [side]: removeElement(element) };
    case 'change': {
      if (element.hasChildren) return undefined;
      const config = sample.config(side);
      return { [side]: setText(config, element, changed(config.text(element))) };
    }
    default: {
      // Once for both sides, and only where they differ.
      if (side === 'secondary' || !there || element.hasChildren) return undefined;
      const peer = sample.element('secondary', there);
      if (peer.hasChildren || peer.content === element.content) return undefined;
      return {
        primary: { from: element.contentStart, to: element.contentEnd, text: peer.content },
        secondary: { from: peer.contentStart, to: peer.contentEnd, text: element.content },
      };
    }
  }
}

/** Another value of the same kind, as a slip of the hand makes it. */
function changed(text: string): string {
  const address = /^(\d+\.\d+\.)(\d+)(\.\d+.*)$/.exec(text);
  if (address) return `${address[1]}${(Number(address[2]) + 1) % 256}${address[3]}`;
  const number = /^(.*?)(\d+)$/.exec(text);
  if (number) return `${number[1]}${Number(number[2]) + 1}`;
  return text === '' ? 'x' : `${text}x`;
}

function other(side: Side): Side {
  return side === 'primary' ? 'secondary' : 'primary';
}

function uriOf(name: string): string {
  return `file:///samples/${name}`;
}

/** What {@link Breakage} calls a path, as a regular expression. */
function patternOf(path: string): RegExp {
  const pattern = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .split('/')
    .map(step => (step === '**' ? '.+' : `${step.replaceAll('*', '[^/[]*')}(?:\\[[^\\]]*\\])?`))
    .join('/');
  return new RegExp(`^${pattern}$`);
}
