/** What `esbuild.mjs` makes of the schema: nothing of this is loaded at run time. */
import { configSchema } from './index.ts';
import { configJsonSchema } from './jsonSchema.ts';
import { packSchema, unpackSchema } from './packedSchema.ts';
import { validatorSchemas } from './validatorSchemas.ts';

export { wrongLeaves } from './values.ts';

export const packed = packSchema(configSchema);

/** Once packed, groups that are alike are one. */
export const schemas = validatorSchemas(unpackSchema(packed));

export const document = configJsonSchema(configSchema);
