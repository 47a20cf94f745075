import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { fetched } from './fetched.ts';

/** What CycloneDX's own schema finds wrong with a bill of materials. */
export function billFaults(text: string): unknown {
  const schemas = join(fetched('@cyclonedx/cyclonedx-library@10.3.0'), 'res/schema');
  const schema = (file: string) =>
    JSON.parse(readFileSync(join(schemas, file), 'utf8')) as { readonly $id: string };
  const addFormats = createRequire(import.meta.url)(fetched('ajv-formats@3.0.1')) as {
    default: (ajv: Ajv) => void;
  };
  // Not in ajv-formats, and not in our bills.
  const ajv = new Ajv({ strict: false, formats: { 'iri-reference': true, 'idn-email': true } });
  addFormats.default(ajv);
  const bill = schema('bom-1.6.SNAPSHOT.schema.json');
  // It names them by their files, beside itself.
  for (const part of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
    ajv.addSchema(schema(part), new URL(part, bill.$id).href);
  }
  const valid = ajv.validate(bill, JSON.parse(text));
  return valid ? null : ajv.errors;
}
