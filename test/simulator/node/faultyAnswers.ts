import { setTimeout as sleep } from 'node:timers/promises';
import { xml } from '../xmlRpc/endpoint.ts';
import { type Answer, page } from './answer.ts';
import type { Fault } from './faults.ts';

/** What goes over the wire: an answer, a beginning of one, or nothing. */
export type Delivery = Answer | { readonly half: Answer } | 'dropped';

/** How a call is carried out, how another administrator saves, and how the certificate is changed. */
export interface Work {
  readonly carryOut: () => Answer | Promise<Answer>;
  readonly save: (edit: (text: string) => string) => void;
  readonly changeCertificate: () => void;
}

const gatewayTimeout = page(504, '<html><head><title>504 Gateway Time-out</title></head><body>nginx</body></html>');
const fatalError = page(
  200,
  '\nFatal error: Allowed memory size of 536870912 bytes exhausted in /etc/inc/xmlparse.inc on line 268\n',
);

/** Carries a call out with all that goes wrong with it. */
export async function answerWithFaults(
  faults: readonly Fault[],
  { carryOut, save, changeCertificate }: Work,
): Promise<Delivery> {
  for (const fault of faults) {
    if (fault.kind === 'latency') await sleep(fault.milliseconds);
    if (fault.kind === 'dropped before') return 'dropped';
    if (fault.kind === 'redirect') return page(301, '', { Location: fault.location });
    if (fault.kind === 'fatal error') return fatalError;
    if (fault.kind === 'lie') return xml({ kind: 'value', value: true });
    if (fault.kind === 'another administrator' && fault.when === 'before') save(fault.edit);
  }
  const answer = await carryOut();
  let delivery: Delivery = answer;
  for (const fault of faults) {
    if (fault.kind === 'another administrator' && fault.when === 'after') save(fault.edit);
    if (fault.kind === 'certificate change') {
      changeCertificate();
      delivery = { ...answer, headers: { ...answer.headers, Connection: 'close' } };
    }
    if (fault.kind === 'dropped after') delivery = 'dropped';
    if (fault.kind === 'gateway timeout') delivery = gatewayTimeout;
    if (fault.kind === 'half an answer') delivery = { half: answer };
    if (fault.kind === 'cut XML')
      delivery = { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
  }
  return delivery;
}
