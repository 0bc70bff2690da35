// A definition as JSON Schema, for databases, generators and services that check the stored metadata themselves.
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { MAX_NAME_LENGTH } from '../contract/limits.ts'
import { PROTOTYPE_NAMES, RESERVED_NAMES } from '../contract/names.ts'
import type { Field, Fields } from './field.ts'
import { crossRules, type Rule, rulesOf } from './json-schema-rules.ts'
import { needOf, outermostSpots, type Spot, spotOfItem, spotsInside } from './json-schema-spots.ts'
import { ANY_VALUE, asStored, listSchema, valueSchema } from './json-schema-values.ts'

export interface JsonSchemaOptions {
  /**
   * Whether keys that the definition does not describe are refused.
   * @default 'allow'
   */
  readonly unknownKeys?: 'refuse' | 'allow'
}

/** What every object is built with. */
interface Build {
  readonly rules: readonly Rule[]
  readonly others: JsonObject | boolean
}

/** An object's key: its schema, and whether it has to be there. */
interface Property {
  readonly schema: JsonObject
  readonly isNeeded: boolean
}

/**
 * The JSON Schema (2020-12) of `user_metadata` as a sign-up stores it. Root attributes are not part of it; a rule that
 * JSON Schema cannot say is left out and named in a `$comment`.
 *
 * @example
 * const isMetadata = new Ajv2020().compile(jsonSchema(fields))
 */
export function jsonSchema({ fields, policy }: Fields, options: JsonSchemaOptions = {}): JsonObject {
  const spots = outermostSpots(fields)
  const others = (options.unknownKeys ?? 'allow') === 'allow' ? ANY_VALUE : false
  const build = { rules: [...spots.flatMap(rulesOf), ...crossRules(policy.rules, fields)], others }
  const object = objectSchema(
    spots.map((spot) => ({ keys: spot.field.path, spot })),
    build,
  ).schema
  const refused = [...(policy.reservedNames ? RESERVED_NAMES : []), ...policy.denyList]
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...object,
    properties: { ...earlierNames(fields), ...(isJsonObject(object.properties) && object.properties) },
    ...(refused.length > 0 && { propertyNames: { ...NAME, not: { enum: refused } } }),
    ...rulesAt('metadata', build.rules),
    $defs: DEFINITIONS,
  }
}

const NAME = { $ref: '#/$defs/name' }

const DEFINITIONS: JsonObject = {
  name: {
    type: 'string',
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    pattern: '^[^.$\\u0000]*$',
    not: { enum: [...PROTOTYPE_NAMES] },
  },
  value: {
    anyOf: [
      { type: 'null' },
      { type: 'boolean' },
      { type: 'number' },
      { type: 'string' },
      { type: 'array', items: ANY_VALUE },
      { type: 'object', propertyNames: NAME, additionalProperties: ANY_VALUE },
    ],
  },
}

interface Entry {
  readonly keys: readonly string[]
  readonly spot: Spot
}

/** An object of fields, some of which are stored further inside. */
function objectSchema(entries: readonly Entry[], build: Build): Property {
  const names = [...new Set(entries.map(({ keys }) => keys[0] ?? ''))]
  const properties = names.map((name): [string, Property] => {
    const below = entries.filter(({ keys }) => keys[0] === name)
    const end = below.find(({ keys }) => keys.length === 1)
    const deeper = below.map(({ keys, spot }) => ({ keys: keys.slice(1), spot }))
    return [name, end ? property(end.spot, build) : objectSchema(deeper, build)]
  })
  const required = properties.filter(([, { isNeeded }]) => isNeeded).map(([name]) => name)
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(properties.map(([name, { schema }]) => [name, schema])),
      ...(required.length > 0 && { required }),
      propertyNames: NAME,
      additionalProperties: build.others,
    },
    isNeeded: required.length > 0,
  }
}

function property(spot: Spot, build: Build): Property {
  const { field, offered } = spot
  const words = { ...(field.label && { title: field.label }), ...(field.hint !== null && { description: field.hint }) }
  if (field.type === 'group') {
    const { schema, isNeeded } = groupSchema(spot, build)
    return { schema: { ...words, ...schema }, isNeeded }
  }
  const needed = needOf(spot)?.schema === true
  return {
    schema: { ...words, ...(field.item ? itemsSchema(spot, field.item, needed, build) : valueSchema(field, needed)) },
    isNeeded: needed && offered && field.renamedFrom.length === 0,
  }
}

function groupSchema(spot: Spot, build: Build): Property {
  return objectSchema(
    spotsInside(spot).map((inner) => ({ keys: [inner.field.name], spot: inner })),
    build,
  )
}

function itemsSchema(spot: Spot, item: Field, needed: boolean, build: Build): JsonObject {
  const inner = spotOfItem(spot, item)
  const { schema } = property(inner, build)
  const items = item.type === 'group' ? { ...schema, ...rulesAt(item, build.rules) } : schema
  return asStored(spot.field, listSchema(spot.field, items, needed))
}

function rulesAt(scope: Rule['scope'], rules: readonly Rule[]): JsonObject {
  const here = rules.filter((rule) => rule.scope === scope).map(({ schema }) => schema)
  return here.length === 0 ? {} : { allOf: here }
}

/** Values under a name a field had before are read, and held to no rule. */
function earlierNames(fields: readonly Field[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap(({ renamedFrom }) => renamedFrom.map((name) => [name, { ...ANY_VALUE, deprecated: true }])),
  )
}
