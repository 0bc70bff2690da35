// Labels that say nothing: forgotten stand-ins, names of keys, and two controls that are called the same.
import type { Field } from '../fields/field.ts'
import type { Finding } from './finding.ts'
import { isStandIn } from './stand-in.ts'

/** Words that stand where a label should, alone or with a number behind them. */
const FORGOTTEN =
  /^(?:(?:(?:new|my|your|a) )?(?:label|field|input)|(?:new|my) (?:question|text|title|option)|(?:your )?(?:label|text) here|untitled|unnamed|placeholder|to ?do|tbd|fixme|x{2,}|foo|ba[rz]|qux|asdf\w*|qwerty|test|lorem ipsum.*|\.{2,}|…|-+|_+|\?+)\s*\d*$/i

/** A key as programmers write it: `team_size`, `teamSize`. */
const KEY = /^(?:[a-z\d]+(?:_[a-z\d]+)+|[a-z]{2,}(?:[A-Z][a-z\d]+)+)$/

export function labelFindings(fields: readonly Field[], path = 'fields'): readonly Finding[] {
  return fields.flatMap((field, index): readonly Finding[] => {
    const at = `${path}[${index}]`
    const inner = [
      ...labelFindings(field.fields, `${at}.fields`),
      ...(field.item ? itemFindings(field.item, `${at}.item`) : []),
    ]
    if (field.type === 'hidden' || isStandIn(field.label)) return inner
    return [...wordFindings(field, at), ...twinFindings(field, fields.slice(0, index), at, path), ...inner]
  })
}

function itemFindings(item: Field, at: string): readonly Finding[] {
  const own = isStandIn(item.label) ? [] : wordFindings(item, at)
  return [...own, ...labelFindings(item.fields, `${at}.fields`)]
}

function wordFindings({ label }: Field, at: string): readonly Finding[] {
  const text = label.trim()
  const finding = (problem: string, fix: string): readonly Finding[] => [
    { level: 'warning', path: `${at}.label`, given: JSON.stringify(label), problem, fix },
  ]
  if (FORGOTTEN.test(text)) return finding('looks like a placeholder', 'write what the person is asked for')
  if (KEY.test(text))
    return finding('looks like a key, not like words', `write it as people say it: "${wordsOf(text)}"`)
  return []
}

function twinFindings(field: Field, earlier: readonly Field[], at: string, path: string): readonly Finding[] {
  const twin = earlier.findIndex(
    (other) =>
      other.type !== 'hidden' &&
      same(other.label) === same(field.label) &&
      other.screens.some((screen) => field.screens.includes(screen)),
  )
  if (twin < 0) return []
  return [
    {
      level: 'warning',
      path: `${at}.label`,
      given: JSON.stringify(field.label),
      problem: `${path}[${twin}] has this label too, on the same screen; nobody can tell which is which (WCAG 2.4.6)`,
      fix: 'say in each what it is for',
    },
  ]
}

function same(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replace(/[\s:*]+$/, '')
}

function wordsOf(key: string): string {
  const words = key
    .replace(/_/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
