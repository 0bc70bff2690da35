// Wrong settings of a field and their exact messages.
import { expect, test } from 'vitest'
import { checkFields } from '../../src/fields/define.ts'
import { settingsOf } from '../../src/fields/settings.ts'
import { one, type Row } from './wrong.ts'

const settings: readonly Row[] = [
  [
    one({ type: 'email', placeholder: 'x' }),
    `fields[0].placeholder: a email field has no such setting; use one of ${settingsOf('email').join(', ')}`,
  ],
  [
    one({ type: 'checkbox', oneOf: ['x'] }),
    `fields[0].oneOf: a checkbox field has no such setting; use one of ${settingsOf('checkbox').join(', ')}`,
  ],
  [one({ hint: 1 }), "fields[0].hint: must be a text; write hint: '…'"],
  [one({ required: 'yes' }), 'fields[0].required: must be true or false'],
  [one({ order: Number.NaN }), 'fields[0].order: must be a number; write order: 1'],
  [one({ maxLength: -1 }), 'fields[0].maxLength: must be a whole number, 0 or more'],
  [one({ maxLength: 1.5 }), 'fields[0].maxLength: must be a whole number, 0 or more'],
  [one({ type: 'number', min: true }), 'fields[0].min: must be a number or a date; write min: 1'],
  [one({ screens: 1 }), "fields[0].screens: must be a list of texts; write screens: ['…']"],
  [one({ screens: [] }), "fields[0].screens: must be a list of texts; write screens: ['…']"],
  [one({ messages: 'x' }), 'fields[0].messages: must be an object; write messages: { … }'],
  [
    one({ visibleWhen: 'ok' }),
    "fields[0].visibleWhen: must be a condition; write visibleWhen: { other_field: 'value' }",
  ],
  [one({ onHide: 'drop' }), 'fields[0].onHide "drop": must be one of keep, clear'],
  [one({ width: 'third' }), 'fields[0].width "third": must be one of full, half'],
  [one({ storage: 'app_metadata' }), 'fields[0].storage "app_metadata": must be one of user_metadata, root'],
  [one({ stored: 'xml' }), 'fields[0].stored "xml": must be one of json, text'],
  [
    one({ inputmode: 'x' }),
    'fields[0].inputmode "x": must be one of none, text, tel, url, email, numeric, decimal, search',
  ],
  [
    one({ enterkeyhint: 'x' }),
    'fields[0].enterkeyhint "x": must be one of enter, done, go, next, previous, search, send',
  ],
  [
    one({ autocapitalize: 'x' }),
    'fields[0].autocapitalize "x": must be one of off, none, on, sentences, words, characters',
  ],
  [one({ access: 'write' }), 'fields[0].access "write": must be one of edit, read, none, or { profile: … }'],
  [one({ access: { profile: 'x' } }), 'fields[0].access "x": must be one of edit, read, none, or { profile: … }'],
  [
    one({ access: { login: 'read' } }),
    'fields[0].access "login": is no screen with fields; use one of signUp, profile, ensure',
  ],
  [
    one({ screens: ['login'] }),
    'fields[0].screens "login": is no screen with fields; use one of signUp, profile, ensure',
  ],
  [
    one({ messages: { oops: 'x' } }),
    'fields[0].messages.oops: is no code; use one such as required, value_too_long or refused',
  ],
  [one({ messages: { required: 1 } }), 'fields[0].messages.required: must be a text'],
  [one({ oneOf: [] }), "fields[0].oneOf: cannot be empty; write oneOf: ['…', '…']"],
  [one({ oneOf: ['x', 1] }), 'fields[0].oneOf[1]: must be a text, as the values of the field are'],
  [one({ type: 'number', oneOf: ['1'] }), 'fields[0].oneOf[0]: must be a number, as the values of the field are'],
  [one({ type: 'custom', control: 'c', oneOf: [true] }), 'fields[0].oneOf[0]: must be a text or a number'],
  [one({ type: 'number', min: '1' }), 'fields[0].min: must be a number'],
  [
    one({ type: 'date', min: '24.11.2026' }),
    'fields[0].min "24.11.2026": must be written like a date of the field, such as 2026-11-24',
  ],
  [one({ type: 'time', max: 9 }), 'fields[0].max 9: must be written like a time of the field, such as 09:30'],
  [
    one({ type: 'datetime', max: '2026-11-24' }),
    'fields[0].max "2026-11-24": must be written like a datetime of the field, such as 2026-11-24T09:30',
  ],
  [
    one({ type: 'month', max: '2026' }),
    'fields[0].max "2026": must be written like a month of the field, such as 2026-11',
  ],
  [one({ minLength: 5, maxLength: 2 }), 'fields[0].minLength: 5 is more than maxLength 2; no value could be right'],
  [one({ type: 'number', min: 5, max: 2 }), 'fields[0].min: 5 is more than max 2; no value could be right'],
  [one({ type: 'range', min: 101 }), 'fields[0].min: 101 is more than max 100; no value could be right'],
  [
    one({ type: 'date', min: '2026-01-02', max: '2026-01-01' }),
    'fields[0].min: 2026-01-02 is more than max 2026-01-01; no value could be right',
  ],
  [
    one({ type: 'list', item: { label: 'B' }, minItems: 2, maxItems: 1 }),
    'fields[0].minItems: 2 is more than maxItems 1; no value could be right',
  ],
  [one({ type: 'number', step: 0 }), 'fields[0].step: must be above 0'],
  [
    one({ pattern: '(' }),
    'fields[0].pattern "(": is no regular expression with the v flag; escape characters such as "(", "[", "-" in a class',
  ],
  [one({ prefill: 1 }), 'fields[0].prefill 1: is no value of a text field'],
  [one({ type: 'number', prefill: '1' }), 'fields[0].prefill "1": is no value of a number field'],
  [one({ type: 'number', prefill: Number.NaN }), 'fields[0].prefill null: is no value of a number field'],
  [one({ type: 'switch', prefill: 'on' }), 'fields[0].prefill "on": is no value of a switch field'],
  [one({ type: 'list', item: { label: 'B' }, prefill: 'x' }), 'fields[0].prefill "x": is no value of a list field'],
  [one({ validate: 'x' }), 'fields[0].validate: must be a function; write validate: (value) => …'],
  [one({ decode: 1 }), 'fields[0].decode: must be a function; write decode: (value) => …'],
  [one({ schema: {} }), 'fields[0].schema: must be a Standard Schema, such as one of zod or valibot'],
]

test.each(settings)('%j', (given, message) => expect(() => checkFields(given)).toThrow(new TypeError(message)))
