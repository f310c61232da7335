import interfaceSetMismatch from './interface/interface-set-mismatch.ts';
import type { Rule } from './rule.ts';

/** Every rule, by topic and then by id. A test holds this against the files. */
export const rules: readonly Rule[] = [interfaceSetMismatch];
