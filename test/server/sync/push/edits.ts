import type { Texts } from '../livePair.ts';

const alias =
  '\t\t<alias>\n\t\t\t<name>pushed</name>\n\t\t\t<type>host</type>\n\t\t\t<address>192.0.2.7</address>\n\t\t</alias>\n';

/** An alias more, which the primary synchronises, and another description of an interface on each node. */
export function edited({ primary, secondary }: Texts): Texts {
  const describe = (text: string) =>
    text.replace('<descr><![CDATA[SYNC]]></descr>', '<descr><![CDATA[HA link]]></descr>');
  const addAlias = (text: string) => text.replace('\t</aliases>', `${alias}\t</aliases>`);
  return { primary: addAlias(describe(primary)), secondary: addAlias(describe(secondary)) };
}
