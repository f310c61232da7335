import type { ValueType } from '../../elementSchema.ts';

/** What util.inc:is_port takes: a number, or the name of a service such as `domain`. */
export const portOrService: ValueType = {
  type: 'either',
  of: [
    { type: 'port', zero: true },
    { type: 'pattern', pattern: '[A-Za-z][\\w.+-]*', is: 'the name of a service' },
  ],
};
