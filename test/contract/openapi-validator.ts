// Checks requests and answers against the contract's OpenAPI document, as a generated client or gateway would.
import Ajv2020 from 'ajv/dist/2020.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'
import { openApi } from '../../src/contract/openapi.ts'

export const document = openApi('1.2.3')

/** `date-time` as RFC 3339 has it; the other formats are for people. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
ajv.addFormat('date-time', DATE_TIME)
for (const format of ['email', 'uri-reference']) ajv.addFormat(format, true)
// Beside schemas the document has keywords of its own, and schemas have one of OpenAPI's.
for (const keyword of Object.keys(document)) ajv.addKeyword(keyword)
ajv.addSchema(document, 'contract')

/** What a JSON pointer into the document leads to, references followed. */
export function at(...keys: readonly string[]): JsonObject | null {
  let place: JsonValue | undefined = document
  for (const key of keys) {
    place = isJsonObject(place) ? place[key] : undefined
    while (isJsonObject(place) && typeof place.$ref === 'string' && place.$ref.startsWith('#/components/')) {
      place = at(...place.$ref.slice(2).split('/'))
    }
  }
  return isJsonObject(place) ? place : null
}

/** What is wrong with a value by one of the document's schemas; empty when nothing is. */
export function schemaErrors(schema: JsonObject, value: unknown): readonly string[] {
  const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"contract#/components/'))
  const validate = ajv.compile(local)
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

/** What is wrong with an answer by the operation it belongs to. */
export async function answerErrors(method: string, path: string, answer: Response): Promise<readonly string[]> {
  const where = `${method} ${path} ${answer.status}`
  const response = at('paths', path, method.toLowerCase(), 'responses', String(answer.status))
  if (!response) return [`${where}: is not described`]
  const text = await answer.text()
  const content = isJsonObject(response.content) ? response.content : {}
  const [type = ''] = Object.keys(content)
  const sentType = answer.headers.get('content-type')?.split(';')[0] ?? ''
  if (type !== sentType) return [`${where}: sent as ${sentType || 'nothing'}, described as ${type || 'nothing'}`]
  if (type === '') return text === '' ? [] : [`${where}: has a body`]
  const media = content[type]
  const schema = isJsonObject(media) && isJsonObject(media.schema) ? media.schema : {}
  return schemaErrors(schema, JSON.parse(text)).map((error) => `${where}: ${error}`)
}
