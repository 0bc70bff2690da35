// One or several of a few choices, each in sight: radio buttons and a group of boxes.
import { useSignal } from '@preact/signals'
import type { Option } from '../fields/field.ts'
import { optionGroups, TryAgain } from './control.tsx'
import { stateOf } from './control-frame.tsx'
import { Clear, Grouped } from './grouped.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

/** From this many choices on a searchable group has a search of its own. */
const MANY = 8

export function RadioControl(props: MoreControlProps) {
  const { control } = props
  const chosen = control.value.value
  return (
    <Grouped {...props} role="radiogroup">
      <Choices
        {...props}
        type="radio"
        isChosen={({ value }) => value === chosen}
        choose={({ value }) => control.input(value)}
      />
      <Clear {...props} />
    </Grouped>
  )
}

export function MultiselectControl(props: MoreControlProps) {
  const { control, texts, field, id } = props
  const search = useSignal('')
  const { options } = control.choices.value
  const chosen = Array.isArray(control.value.value) ? control.value.value : []
  const known = options ?? []
  const toggle = ({ value }: Option, on: boolean) => {
    const next = on ? [...chosen, value] : chosen.filter((item) => item !== value)
    // In the order of the choices, so that the order of clicks is no change.
    const rank = (item: unknown) => known.findIndex((option) => option.value === item)
    control.input([...next].sort((one, other) => rank(one) - rank(other)))
  }
  const isLong = field.searchable && known.length >= MANY
  const labelOf = (value: unknown) => known.find((option) => option.value === value)?.label ?? String(value)
  const choices = (scrolls: boolean) => (
    <Choices
      {...props}
      type="checkbox"
      search={search.value}
      scrolls={scrolls}
      isChosen={({ value }) => chosen.includes(value)}
      choose={toggle}
    />
  )
  return (
    <Grouped {...props} role="group">
      {isLong ? (
        <div class={`${part('search-box')}${control.issue.value ? ' latchkey-wrong' : ''}`}>
          <input
            type="search"
            class={part('search')}
            aria-label={texts.search(field.label)}
            aria-controls={`${id}-choices`}
            placeholder={texts.searchHere}
            value={search.value}
            onInput={(event) => {
              // What is searched for is not a value of the form.
              event.stopPropagation()
              search.value = event.currentTarget.value
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault()
            }}
          />
          {choices(true)}
        </div>
      ) : (
        choices(false)
      )}
      {isLong && chosen.length > 0 ? <p class={part('note')}>{texts.chosen(chosen.map(labelOf))}</p> : null}
    </Grouped>
  )
}

interface ChoicesProps extends MoreControlProps {
  readonly type: 'radio' | 'checkbox'
  readonly search?: string
  /** Whether there are more than fit in sight. */
  readonly scrolls?: boolean
  readonly isChosen: (option: Option) => boolean
  readonly choose: (option: Option, on: boolean) => void
}

function Choices(props: ChoicesProps) {
  const { control, id, messages, texts, search = '' } = props
  const { status, options } = control.choices.value
  if (status === 'failed') return <TryAgain control={control} id={id} messages={messages} />
  if (options === null) return <p class={part('hint')}>{texts.loadingChoices}</p>
  // Chosen ones stay in sight whatever is searched for; those that are no choice any more can be taken back.
  const held = Array.isArray(control.value.value) ? control.value.value : [control.value.value]
  const gone = held.flatMap((value) =>
    typeof value === 'string' && value !== '' && !options.some((option) => option.value === value)
      ? [{ value, label: value, description: null, disabled: false, group: null }]
      : [],
  )
  const wanted = search.trim().toLocaleLowerCase(messages.language)
  const all = [...options, ...gone]
  const shown = all.filter(
    (option) => option.label.toLocaleLowerCase(messages.language).includes(wanted) || props.isChosen(option),
  )
  const first = shown.find(({ disabled }) => !disabled)
  return (
    <div id={`${id}-choices`} class={`${part('choices')}${props.scrolls ? ' latchkey-scrolls' : ''}`}>
      {optionGroups(shown).map(([group, list], index) => {
        const choices = list.map((option) => (
          // By number: a value may have spaces, an id may not.
          <Choice
            key={option.value}
            {...props}
            option={option}
            id={option === first ? id : `${id}-${all.indexOf(option)}`}
          />
        ))
        if (group === null) return choices
        return (
          <fieldset key={group} aria-labelledby={`${id}-group-${index}`} class={part('choice-group')}>
            <p id={`${id}-group-${index}`} class={part('choice-heading')}>
              {group}
            </p>
            {choices}
          </fieldset>
        )
      })}
      {shown.length === 0 ? <p class={part('hint')}>{texts.noMatches}</p> : null}
    </div>
  )
}

function Choice({ option, ...props }: ChoicesProps & { readonly option: Option }) {
  const { control, id, type, isChosen, choose } = props
  const { value, label, description, disabled } = option
  const on = isChosen(option)
  const described = description === null ? undefined : `${id}-description`
  const isOff = (disabled && !on) || control.readOnly.value
  const wrong = control.issue.value && !isOff ? ' latchkey-wrong' : ''
  const settings = {
    id,
    name: type === 'radio' ? control.name : undefined,
    value,
    checked: on,
    disabled: isOff,
    'aria-invalid': type === 'checkbox' ? stateOf(props)['aria-invalid'] : undefined,
    'aria-describedby': described,
    onChange: (event: { readonly currentTarget: HTMLInputElement }) => choose(option, event.currentTarget.checked),
    onBlur: () => control.leave(),
  }
  return (
    <div class={part('check')}>
      {type === 'radio' ? (
        <input {...settings} type="radio" class={`${part('radio')}${wrong}`} />
      ) : (
        <input {...settings} type="checkbox" class={part('checkbox')} />
      )}
      <label class={`${part('check-label')}${isOff ? ' latchkey-off' : ''}`} for={id}>
        {label}
        {description === null ? null : (
          <span id={described} class={part('choice-description')}>
            {description}
          </span>
        )}
      </label>
    </div>
  )
}
