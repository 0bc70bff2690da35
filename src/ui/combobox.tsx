// A text with a list of choices below it, for long lists (ARIA practices: editable combobox with list autocomplete).
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { codeName } from '../fields/code-lists.ts'
import type { Option } from '../fields/field.ts'
import { codeOptions, codeTypeOf } from './code-options.ts'
import { fieldAttributes, optionGroups, TryAgain } from './control.tsx'
import { Labelled } from './control-frame.tsx'
import { ListChoice } from './list-choice.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

/** As many as a person looks through; typing narrows the rest. */
const SHOWN = 300

/** Pixels a whole list takes; with less room below it opens upwards. */
const LIST_HEIGHT = 290

export function ComboboxControl(props: MoreControlProps) {
  const { control, field, id, messages, texts } = props
  const { language } = messages
  const type = codeTypeOf(field)
  const codes = useMemo(() => (type ? codeOptions(field, type, language) : null), [field, type, language])
  const { status, options, search } = control.choices.value
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
  // What a search answers with fits, by whatever it went; until it answers the earlier choices are looked through.
  const found =
    question === '' || search === typed.value
      ? all
      : all.filter(({ label, value: code }) => fold(label).includes(question) || fold(code) === question)
  const matching = found.slice(0, SHOWN)
  // By number: a value may have spaces, an id may not.
  const idOf = (wanted: string) => `${id}-option-${all.findIndex((option) => option.value === wanted)}`
  const shownText =
    typed.value ??
    (value === '' ? '' : (names.current.get(value) ?? (type ? codeName(type, value, language, Date.now()) : value)))

  function choose(option: Option): void {
    if (option.disabled) return
    typed.value = null
    open.value = false
    active.value = null
    control.input(option.value)
    control.search('')
  }

  function take(input: HTMLInputElement): void {
    const text = input.value
    typed.value = text
    // A browser that fills in the form opens nothing.
    open.value = input.ownerDocument.activeElement === input
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
    const start = able.find((option) => option.value === value) ?? able.at(by > 0 ? 0 : -1)
    const next = index < 0 ? start : able[(index + by + able.length) % able.length]
    open.value = true
    active.value = next?.value ?? null
  }

  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const isOpen = open.value && !control.readOnly.value
  const above = useSignal(false)
  useLayoutEffect(() => {
    if (!isOpen || !box.current) return
    const { top, bottom } = box.current.getBoundingClientRect()
    const { innerHeight = 0 } = box.current.ownerDocument.defaultView ?? {}
    above.value = innerHeight - bottom < LIST_HEIGHT && top > innerHeight - bottom
  }, [isOpen])
  useLayoutEffect(() => {
    if (isOpen) list.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen, above.value])
  const inSight = active.value ?? value
  useLayoutEffect(() => {
    if (isOpen) box.current?.ownerDocument.getElementById(idOf(inSight))?.scrollIntoView({ block: 'nearest' })
  }, [isOpen, inSight])

  function onKeyDown(event: KeyboardEvent): void {
    if (control.readOnly.value || event.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (event.altKey) open.value = event.key === 'ArrowDown'
      else step(event.key === 'ArrowDown' ? 1 : -1)
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
  const { onInput: _, onChange: __, onBlur, ...attributes } = fieldAttributes(props)
  return (
    <Labelled {...props}>
      <div ref={box} class={`${part('combobox')}${control.readOnly.value ? ' latchkey-fixed' : ''}`}>
        <input
          {...attributes}
          type="text"
          role="combobox"
          class={`${part('input')} latchkey-combobox-input`}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-activedescendant={isOpen && active.value !== null ? idOf(active.value) : undefined}
          aria-busy={status === 'loading' || undefined}
          placeholder={messages.choose}
          readOnly={control.readOnly.value}
          value={shownText}
          onInput={(event) => take(event.currentTarget)}
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
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={texts.choices}
          class={`${part('listbox')}${above.value ? ' latchkey-above' : ''}`}
          hidden={!isOpen}
        >
          {isOpen
            ? optionGroups(matching).map(([group, list], index) => {
                const items = list.map((option) => (
                  <ListChoice
                    key={option.value}
                    id={idOf(option.value)}
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
          {isOpen && found.length > SHOWN ? (
            <p role="presentation" class={part('listbox-heading')}>
              {texts.narrow}
            </p>
          ) : null}
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
      </div>
    </Labelled>
  )
}
