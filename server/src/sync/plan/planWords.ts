import type { SectionPlan } from './plan.ts';

/** How a section comes to its firewall, when it works there, and what is left to do by hand, in sentences. */
export function howWords({ way, effect, byHand }: SectionPlan): string {
  const how = way === 'left out' ? wayWords[way] : `${wayWords[way]}; ${effectWords[effect]}`;
  return `${capitalised(how)}.${byHand === undefined ? '' : ` ${byHand}`}`;
}

/** Said above what a person has to agree to. */
export const lostWords =
  'The file was never pulled from this firewall, so nothing tells whether somebody has worked there since. The firewall has these otherwise than the file, or has them alone:';

/** Said of a firewall on which nothing would change. */
export const holdsAll = 'Nothing would change on it.';

const wayWords: Readonly<Record<SectionPlan['way'], string>> = {
  sent: 'sent to this firewall',
  replaced: 'replaced exactly, by PHP code that runs on the firewall',
  'by the primary': 'copied on by the primary',
  'left out': 'left out, to be done by hand',
};

const effectWords: Readonly<Record<SectionPlan['effect'], string>> = {
  'at once': 'works at once',
  'after a reboot or a save in the GUI': 'is written at once and works after a reboot or a save in the web interface',
  'when the primary has copied it': 'works when the primary has copied it',
};

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
