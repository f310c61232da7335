import type { Config } from '../../model/config.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { definitionsOf } from '../../model/references/references.ts';

/** util.inc:is_validaliasname. */
const longestAliasName = 31;

/**
 * A name for a new alias that nothing has on any of these nodes: no alias, no interface group and no interface. A number
 * goes behind it where it is taken, and of a long name the end gives way.
 *
 * @param parts the name, of letters, digits and underscores, and what stands behind it in any case
 */
export function freeAliasName(configs: readonly Config[], [name, ending]: readonly [string, string]): string {
  const isTaken = (each: string) =>
    configs.some(
      config =>
        definitionsOf(config, 'alias').has(each) ||
        definitionsOf(config, 'interface-group').has(each) ||
        [...config.query(readInterfaces).values()].some(({ title }) => title.toLowerCase() === each.toLowerCase()),
    );
  for (let number = 1; ; number++) {
    const end = number === 1 ? ending : `${ending}_${number}`;
    const each = name.slice(0, longestAliasName - end.length) + end;
    if (!isTaken(each)) return each;
  }
}
