import type { Config } from '../../server/src/model/config.ts';
import { type Place, spanOf } from '../../server/src/syntax/tree.ts';
import type { Fixture } from './fixture.ts';

/** A place as a test compares it: the file, the path of names that leads there, and the text. */
export function shownPlace(fixture: Fixture, place: Place): string {
  const { document } = place.anchor;
  const file = fixture.files.find(({ config }) => config.document === document);
  const { start, end } = spanOf(place);
  return `${file?.name ?? '?'}:${pathAt(file?.config, start)} ${document.buffer.slice(start, end)}`;
}

function pathAt(config: Config | undefined, offset: number): string {
  const names: string[] = [];
  for (const branch of config?.document.tree.branches ?? []) {
    let children = [branch.top];
    for (;;) {
      const around = children.find(each => each.start < offset && offset < each.end);
      if (!around) break;
      const same = around.parent?.childrenNamed(around.name) ?? [];
      const number = same.findIndex(each => each.is(around)) + 1;
      names.push(same.length > 1 ? `${around.name}[${number}]` : around.name);
      children = [...around.children()];
    }
  }
  return names.join('/');
}
