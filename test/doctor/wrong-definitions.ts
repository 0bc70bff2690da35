// Wrong definitions, what the doctor says of each, and whether a JSON Schema can tell.

export interface Wrong {
  readonly given: unknown
  /** Each finding of level `error`, as `path given: problem; fix`. */
  readonly findings: readonly string[]
  /** False for what only a look at the whole, or at what a text means, can tell. */
  readonly inSchema: boolean
}

const wrong = (given: unknown, ...findings: readonly string[]): Wrong => ({ given, findings, inSchema: true })
const beyondSchema = (given: unknown, ...findings: readonly string[]): Wrong => ({ given, findings, inSchema: false })

const ok = { name: 'ok', label: 'Fine', maxLength: 9 }
const field = (settings: object): readonly unknown[] => [{ name: 'a', label: 'Name', ...settings }]
const choice = (settings: object): readonly unknown[] => field({ type: 'select', options: ['x'], ...settings })

export const wrongDefinitions: readonly Wrong[] = [
  // the list and its fields
  wrong('no', 'fields: must be a list of fields; fix: write defineFields([{ name, label }])'),
  wrong(null, 'fields: must be a list of fields; fix: write defineFields([{ name, label }])'),
  wrong(
    [null, 3],
    'fields[0]: must be an object; fix: write { name, label }',
    'fields[1]: must be an object; fix: write { name, label }',
  ),
  wrong([{}], "fields[0].name: is missing; fix: write name: '…'", "fields[0].label: is missing; fix: write label: '…'"),
  // names
  wrong(
    [{ name: 'a.b', label: 'B' }],
    'fields[0].name "a.b": field names cannot contain "."; fix: nest the value or use "_"',
  ),
  wrong(
    [{ name: 'a$', label: 'B' }],
    'fields[0].name "a$": field names cannot contain "$"; fix: leave it out or use "_"',
  ),
  wrong(
    [{ name: '', label: 'B' }],
    'fields[0].name "": field names cannot be empty; fix: give it a name such as "company"',
  ),
  wrong(
    [{ name: 'n'.repeat(101), label: 'B' }],
    `fields[0].name "${'n'.repeat(59)}…: field names can have at most 100 characters; fix: shorten it`,
  ),
  wrong(
    [{ name: 'constructor', label: 'B' }],
    'fields[0].name "constructor": field names cannot be "__proto__", "constructor" or "prototype"; fix: choose another name',
  ),
  wrong(
    [{ name: 'user_id', label: 'B' }],
    'fields[0].name "user_id": "user_id" is a reserved name; fix: choose another, or set reservedNames: false',
  ),
  wrong(
    [{ name: 'password', label: 'B' }],
    'fields[0].name "password": this is a field of the screens themselves; fix: choose another name',
  ),
  wrong([{ name: 7, label: 'B' }], "fields[0].name: must be a text; fix: write name: '…'"),
  beyondSchema(
    [ok, { name: 'ok', label: 'Other' }, { name: 'ok', label: 'Third' }],
    'fields[1].name "ok": fields[0] has this name already; fix: choose another name',
    'fields[2].name "ok": fields[0] has this name already; fix: choose another name',
  ),
  wrong(
    field({ path: ['x', 'y.z'] }),
    'fields[0].path "y.z": field names cannot contain "."; fix: nest the value or use "_"',
  ),
  beyondSchema(
    [ok, { name: 'b', label: 'B', path: ['ok', 'b'] }],
    'fields[1].path: fields[0] is stored at the same place; fix: give one of them another path',
  ),
  wrong(
    field({ storage: 'root' }),
    'fields[0].storage "root": the root takes name, given_name, family_name, nickname, picture, phone_number; fix: rename the field or leave storage out',
  ),
  wrong(
    [{ name: 'nickname', label: 'B', type: 'number', storage: 'root' }],
    'fields[0].storage "root": root attributes are texts; fix: a number field belongs into user_metadata',
  ),
  // labels, types, unknown settings
  wrong(field({ label: ' ' }), 'fields[0].label: cannot be empty; fix: write what the person is asked for'),
  wrong(
    [{ name: 'a', lable: 'Name' }],
    'fields[0].lable: a text field has no such setting; fix: did you mean "label"?',
    "fields[0].label: is missing; fix: write label: '…'",
  ),
  wrong(
    field({ type: 'selct', options: ['x'] }),
    'fields[0].type "selct": is no field type; fix: did you mean "select"?',
  ),
  wrong(
    field({ type: 'dropdown', options: ['x'] }),
    'fields[0].type "dropdown": is no field type; fix: did you mean "select"?',
  ),
  wrong(field({ type: 'boolean' }), 'fields[0].type "boolean": is no field type; fix: did you mean "checkbox"?'),
  wrong(
    field({ placeholder: 'x', default: 'y', 'a b: c': 1 }),
    'fields[0].placeholder: a text field has no such setting; fix: did you mean "hint"?',
    'fields[0].default: a text field has no such setting; fix: did you mean "prefill"?',
    'fields[0].a b: c: a text field has no such setting; fix: leave it out',
  ),
  wrong(
    field({ options: ['x'] }),
    'fields[0].options: a text field has no such setting; fix: leave it out, or use a type that has it: select, multiselect, radio',
  ),
  wrong(
    field({ required: 'yes', maxLength: -1, order: 'x', messages: 3 }),
    'fields[0].required: must be true or false; fix: write required: true',
    'fields[0].maxLength: must be a whole number, 0 or more; fix: write maxLength: 1',
    'fields[0].order: must be a number; fix: write order: 1',
    'fields[0].messages: must be an object; fix: write messages: { … }',
  ),
  wrong(
    field({ messages: { requird: 'x', value_too_long: 3 } }),
    'fields[0].messages.requird: is no code; fix: did you mean "required"?',
    "fields[0].messages.value_too_long: must be a text; fix: write value_too_long: '…'",
  ),
  wrong(field({ width: 'hafl' }), 'fields[0].width "hafl": must be one of full, half; fix: did you mean "half"?'),
  wrong(
    field({ screens: ['signup', 'shop'] }),
    'fields[0].screens "signup": is no screen with fields; fix: did you mean "signUp"?',
    'fields[0].screens "shop": is no screen with fields; fix: use one of signUp, profile, ensure',
  ),
  wrong(
    field({ access: { profle: 'read' } }),
    'fields[0].access "profle": is no screen with fields; fix: did you mean "profile"?',
  ),
  wrong(
    field({ access: 'write' }),
    'fields[0].access "write": must be one of edit, read, none, or { profile: … }; fix: use one of edit, read, none',
  ),
  // values and bounds
  beyondSchema(
    field({ minLength: 5, maxLength: 2 }),
    'fields[0].minLength: 5 is more than maxLength 2; fix: lower the one or raise the other',
  ),
  beyondSchema(
    field({ pattern: '(' }),
    'fields[0].pattern "(": is no regular expression with the v flag; fix: escape characters such as "(", "[", "-" in a class',
  ),
  wrong(field({ type: 'number', step: 0 }), 'fields[0].step: must be above 0; fix: write step: 1'),
  wrong(field({ type: 'number', min: '3' }), 'fields[0].min: must be a number; fix: write min: 1'),
  wrong(
    field({ type: 'date', max: '24.11.2026' }),
    'fields[0].max "24.11.2026": must be written like a date of the field, such as 2026-11-24; fix: write it like that',
  ),
  wrong(
    field({ prefill: 3 }),
    'fields[0].prefill 3: is no value of a text field; fix: give prefill a value of the type, or leave it out',
  ),
  wrong(field({ oneOf: [] }), "fields[0].oneOf: cannot be empty; fix: write oneOf: ['…', '…']"),
  // types with more to them
  wrong(field({ type: 'select' }), "fields[0].options: cannot be empty; fix: write options: ['…', '…']"),
  wrong(
    choice({ options: ['', { value: 3 }] }),
    'fields[0].options[0]: must be a text or { value, label } with a value that is not empty; fix: correct it, or leave it out',
    'fields[0].options[1]: must be a text or { value, label } with a value that is not empty; fix: correct it, or leave it out',
  ),
  beyondSchema(
    choice({ options: ['x', 'x', 'y', 'y'] }),
    'fields[0].options "x": stands there already; fix: remove one of them, or give it another value',
  ),
  wrong(
    choice({ optionsWhen: [{ when: {}, options: ['x'] }] }),
    "fields[0].optionsWhen[0].when: must be a condition; fix: write { other_field: 'value' }",
  ),
  wrong(field({ type: 'consent' }), "fields[0].version: is missing; fix: write version: '…'"),
  wrong(
    field({ type: 'consent', version: '1', link: { label: 'Terms', href: 'javascript:alert(1)' } }),
    'fields[0].link.href "javascript:alert(1)": must be an http(s) address or a path; fix: write "/terms"',
  ),
  wrong([{ type: 'hidden', name: 'a' }], "fields[0].value: is missing; fix: write value: '…'"),
  wrong(field({ type: 'custom' }), "fields[0].control: is missing; fix: write control: '…'"),
  wrong(
    field({ type: 'picture', origins: ['https://example.com/pictures'] }),
    'fields[0].origins "https://example.com/pictures": must be an origin without a path; fix: write "https://images.example.com"',
  ),
  // nesting
  wrong(
    field({ type: 'group', fields: [] }),
    'fields[0].fields: cannot be empty; fix: write fields: [{ name, label }]',
  ),
  wrong(field({ type: 'list' }), "fields[0].item: is missing; fix: write item: { label: '…' }"),
  wrong(
    field({
      type: 'list',
      item: { type: 'group', label: 'Pet', fields: [{ name: 'b.c', label: 'B', hnt: '' }, { name: 'd' }] },
    }),
    'fields[0].item.fields[0].hnt: a text field has no such setting; fix: did you mean "hint"?',
    'fields[0].item.fields[0].name "b.c": field names cannot contain "."; fix: nest the value or use "_"',
    "fields[0].item.fields[1].label: is missing; fix: write label: '…'",
  ),
  wrong(
    field({ type: 'group', fields: [{ name: 'b', label: 'B', path: ['c'] }] }),
    'fields[0].fields[0].path: a field in a group or a list is stored under its name; fix: leave it out',
  ),
  wrong(
    field({ type: 'list', item: { name: 'b', label: 'B', prefill: 'x' } }),
    'fields[0].item.name: is nothing an item of a list has; fix: give it to the list, or leave it out',
    'fields[0].item.prefill: is nothing an item of a list has; fix: give it to the list, or leave it out',
  ),
  wrong(
    field({ type: 'group', fields: [{ name: 'b', label: 'B', signUpStep: 'x' }] }),
    'fields[0].fields[0].signUpStep: is nothing a field in a group has; fix: give it to the group, or leave it out',
  ),
  // conditions
  wrong(
    [ok, { name: 'b', label: 'B', visibleWhen: { ok: { equls: 1, greter: 2 } } }],
    'fields[1].visibleWhen.ok.equls: is no comparison; fix: did you mean "equal"?',
    'fields[1].visibleWhen.ok.greter: is no comparison; fix: did you mean "greater"?',
  ),
  wrong(
    [ok, { name: 'b', label: 'B', requiredWhen: { or: [{ ok: [1] }, {}, { not: { ok: { in: 3 } } }] } }],
    'fields[1].requiredWhen.or[0].ok: cannot be compared with a list; fix: write { in: […] }',
    "fields[1].requiredWhen.or[1]: must be a condition; fix: write { other_field: 'value' }",
    'fields[1].requiredWhen.or[2].not.ok.in: must be a list of values; fix: write in: [1, 2]',
  ),
  beyondSchema(
    [
      ok,
      { name: 'company', label: 'B' },
      { name: 'c', label: 'C', visibleWhen: { compny: 'x', oka: true, ok: { equal: { field: 'zz' } } } },
    ],
    'fields[2].visibleWhen "compny": no field has this name; fix: did you mean "company"?',
    'fields[2].visibleWhen "oka": no field has this name; fix: did you mean "ok"?',
    'fields[2].visibleWhen "zz": no field has this name; fix: use one of ok, company, c',
  ),
  beyondSchema(
    [
      { name: 'a', label: 'One', visibleWhen: { b: true } },
      { name: 'b', label: 'Two', visibleWhen: { a: true } },
    ],
    'fields[0].visibleWhen: depends on itself through b, a; fix: take visibleWhen off one of them',
  ),
  // a condition about a field whose name is refused is not refused as well
  wrong(
    [
      { name: 'a.b', label: 'One' },
      { name: 'c', label: 'Two', visibleWhen: { 'a.b': true } },
    ],
    'fields[0].name "a.b": field names cannot contain "."; fix: nest the value or use "_"',
  ),
]
