// A text with a list of choices below it, for long lists (ARIA practices: editable combobox with list autocomplete).
import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { codeName, sortedCodes } from '../fields/code-lists.ts'
import type { Field, Option } from '../fields/field.ts'
import { fieldAttributes, optionGroups, TryAgain } from './control.tsx'
import { Labelled } from './control-frame.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

/** As many as a person looks through; typing narrows the rest. */
const SHOWN = 100

type CodeType = 'country' | 'language' | 'timezone' | 'currency'

function codeTypeOf({ type }: Field): CodeType | null {
  return type === 'country' || type === 'language' || type === 'timezone' || type === 'currency' ? type : null
}

/** The choices of a type that has codes, by their names in the language of the widget. */
function codeOptions(field: Field, type: CodeType, language: string): readonly Option[] {
  const now = Date.now()
  const named = field.codes
    ? field.codes.map((value) => ({ value, label: codeName(type, value, language, now) }))
    : sortedCodes(type, language, now)
  return named.map(({ value, label }) => ({ value, label, description: null, disabled: false, group: null }))
}

export function ComboboxControl(props: MoreControlProps) {
  const { control, field, id, messages, texts } = props
  const { language } = messages
  const type = codeTypeOf(field)
  const codes = useMemo(() => (type ? codeOptions(field, type, language) : null), [field, type, language])
  const { status, options } = control.choices.value
  const all = codes ?? options ?? []
  const open = useSignal(false)
  const active = useSignal<string | null>(null)
  /** What is typed while it is no choice yet; null shows the name of the choice. */
  const typed = useSignal<string | null>(null)
  /** Names of choices met so far: a search may answer without the one that is chosen. */
  const names = useRef(new Map<string, string>())
  for (const { value, label } of all) names.current.set(value, label)
  const value = String(control.value.value ?? '')
  const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase(language)
  const question = fold(typed.value ?? '').trim()
  const matching = (
    question === ''
      ? all
      : all.filter(({ label, value: code }) => fold(label).includes(question) || fold(code) === question)
  ).slice(0, SHOWN)
  const shownText =
    typed.value ??
    (value === '' ? '' : (names.current.get(value) ?? (type ? codeName(type, value, language, Date.now()) : value)))

  function choose(option: Option): void {
    if (option.disabled) return
    typed.value = null
    open.value = false
    active.value = null
    control.input(option.value)
  }

  function type_(text: string): void {
    typed.value = text
    open.value = true
    active.value = null
    const exact = all.find(
      ({ label, value: code, disabled }) => !disabled && (fold(label) === fold(text).trim() || code === text.trim()),
    )
    // What is typed is kept as the value, so that leaving it says what is wrong with it instead of losing it.
    control.input(exact?.value ?? text.trim())
    control.search(text)
  }

  function step(by: number): void {
    const able = matching.filter(({ disabled }) => !disabled)
    const index = able.findIndex((option) => option.value === active.value)
    const next = able[index < 0 ? (by > 0 ? 0 : able.length - 1) : (index + by + able.length) % able.length]
    open.value = true
    active.value = next?.value ?? null
    if (next) scrollTo(`${id}-option-${next.value}`)
  }

  const box = useRef<HTMLSpanElement>(null)
  function scrollTo(target: string): void {
    box.current?.ownerDocument.getElementById(target)?.scrollIntoView({ block: 'nearest' })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (control.readOnly.value || event.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      step(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter' && open.value && active.value !== null) {
      // Chooses; the form is sent by the next Enter.
      event.preventDefault()
      const option = matching.find((candidate) => candidate.value === active.value)
      if (option) choose(option)
    } else if (event.key === 'Escape' && open.value) {
      // Closes the list only, and not the dialog around it.
      event.preventDefault()
      event.stopPropagation()
      open.value = false
    }
  }

  if (status === 'failed')
    return (
      <Labelled {...props}>
        <TryAgain control={control} id={id} messages={messages} />
      </Labelled>
    )
  const isOpen = open.value && !control.readOnly.value
  const { onInput: _, onChange: __, onBlur, ...attributes } = fieldAttributes(props)
  return (
    <Labelled {...props}>
      <span ref={box} class={part('combobox')}>
        <input
          {...attributes}
          type="text"
          role="combobox"
          class={`${part('input')} latchkey-combobox-input`}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-activedescendant={isOpen && active.value !== null ? `${id}-option-${active.value}` : undefined}
          aria-busy={status === 'loading' || undefined}
          readOnly={control.readOnly.value}
          value={shownText}
          onInput={(event) => type_(event.currentTarget.value)}
          onClick={() => {
            open.value = true
          }}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            open.value = false
            const known = all.some((option) => option.value === value)
            if (known || value === '') typed.value = null
            onBlur(event)
          }}
        />
        <div id={`${id}-list`} role="listbox" aria-label={field.label} class={part('listbox')} hidden={!isOpen}>
          {isOpen
            ? optionGroups(matching).map(([group, list], index) => {
                const items = list.map((option) => (
                  <Choice
                    key={option.value}
                    id={`${id}-option-${option.value}`}
                    option={option}
                    isActive={option.value === active.value}
                    isChosen={option.value === value}
                    choose={choose}
                  />
                ))
                if (group === null) return items
                return (
                  // biome-ignore lint/a11y/useSemanticElements: choices of a listbox are grouped by role (ARIA practices).
                  <div key={group} role="group" aria-labelledby={`${id}-group-${index}`}>
                    <p id={`${id}-group-${index}`} role="presentation" class={part('listbox-heading')}>
                      {group}
                    </p>
                    {items}
                  </div>
                )
              })
            : null}
        </div>
        <span role="status" class={part(isOpen && matching.length === 0 ? 'listbox-note' : 'visually-hidden')}>
          {!isOpen
            ? ''
            : status === 'loading'
              ? texts.loadingChoices
              : matching.length === 0
                ? texts.noMatches
                : texts.matches(matching.length)}
        </span>
      </span>
    </Labelled>
  )
}

interface ChoiceProps {
  readonly id: string
  readonly option: Option
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly choose: (option: Option) => void
}

function Choice({ id, option, isActive, isChosen, choose }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and the keys (ARIA practices).
    <div
      id={id}
      role="option"
      tabIndex={-1}
      class={`${part('listbox-option')}${isActive ? ' latchkey-active' : ''}`}
      aria-selected={isChosen}
      aria-disabled={option.disabled || undefined}
      // The input keeps the focus: else the list would close before the click arrives.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => choose(option)}
    >
      {option.label}
      {option.description === null ? null : <span class={part('choice-description')}>{option.description}</span>}
    </div>
  )
}
