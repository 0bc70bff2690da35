// A list: items to add, remove and put in another order, by buttons and by keyboard.
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { emptyValue } from '../fields/codec.ts'
import type { Control } from '../state/control.ts'
import { ControlView } from './control.tsx'
import { stateOf } from './control-frame.tsx'
import { Parts } from './group.tsx'
import { Grouped } from './grouped.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

/** Elements that open something with Alt and an arrow. */
const OPENS = 'select, [role="combobox"], [type^="date"], [type="time"], [type="month"], [type="color"]'

export function ListControl(props: MoreControlProps) {
  const { control, field, id, texts } = props
  const items = control.parts.value
  const said = useSignal('')
  const root = useRef<HTMLOListElement>(null)
  /** Id of the element that gets focus once the list is drawn anew. */
  const wanted = useRef<string | null>(null)
  const label = field.item?.label ?? field.label
  const nameOf = (index: number) => texts.item(label, index + 1)
  const idOf = (item: Control) => `${id}${item.name.slice(control.name.length)}`

  useLayoutEffect(() => {
    const target = wanted.current === null ? null : root.current?.ownerDocument.getElementById(wanted.current)
    wanted.current = null
    const focusable = target?.matches('input, select, textarea, button')
      ? target
      : target?.querySelector<HTMLElement>('input, select, textarea, button')
    focusable?.focus()
  }, [items])

  function add(): void {
    const made = field.item && control.makeItem(emptyValue(field.item))
    if (!made) return
    control.arrange([...items, made])
    wanted.current = `${idOf(made)}-item`
    said.value = texts.added(nameOf(items.length))
  }

  function remove(index: number): void {
    const rest = items.filter((_, position) => position !== index)
    const next = rest[index] ?? rest[index - 1]
    wanted.current = next ? `${idOf(next)}-remove` : id
    control.arrange(rest)
    said.value = texts.removed(nameOf(index))
  }

  function move(index: number, by: -1 | 1, focus: string | null): void {
    const target = index + by
    const [moving, other] = [items[index], items[target]]
    if (!moving || !other) return
    wanted.current = focus
    control.arrange(items.map((item, position) => (position === index ? other : position === target ? moving : item)))
    said.value = texts.moved(nameOf(index), target + 1, items.length)
  }

  const isFull = field.maxItems !== null && items.length >= field.maxItems
  const isFixed = control.readOnly.value
  return (
    <Grouped {...props} role="group">
      <ol ref={root} class={part('list')}>
        {items.map((item, index) => (
          <li
            key={item.name}
            id={`${idOf(item)}-item`}
            class={part('list-item')}
            aria-label={isLabelled(item) ? nameOf(index) : undefined}
            onKeyDown={(event) => {
              // Arrows alone belong to the control inside, and some open a list or a calendar with Alt and an arrow.
              const { target, key, altKey } = event
              if (!altKey || isFixed || (key !== 'ArrowUp' && key !== 'ArrowDown')) return
              if (!(target instanceof Element) || target.matches(OPENS)) return
              event.preventDefault()
              event.stopPropagation()
              move(index, key === 'ArrowUp' ? -1 : 1, target.id)
            }}
          >
            <Title item={item} id={idOf(item)} name={nameOf(index)} />
            <div class={part('list-content')}>
              <Item {...props} item={item} id={idOf(item)} />
            </div>
            {isFixed ? null : (
              <div class={part('list-buttons')}>
                <ItemButton
                  id={`${idOf(item)}-up`}
                  label={texts.moveUp(nameOf(index))}
                  sign="up"
                  disabled={index === 0}
                  onClick={() => move(index, -1, `${idOf(item)}-up`)}
                />
                <ItemButton
                  id={`${idOf(item)}-down`}
                  label={texts.moveDown(nameOf(index))}
                  sign="down"
                  disabled={index === items.length - 1}
                  onClick={() => move(index, 1, `${idOf(item)}-down`)}
                />
                <ItemButton
                  id={`${idOf(item)}-remove`}
                  label={texts.remove(nameOf(index))}
                  sign="remove"
                  disabled={false}
                  onClick={() => remove(index)}
                />
              </div>
            )}
          </li>
        ))}
      </ol>
      {isFixed ? null : (
        <button
          id={id}
          type="button"
          class={part('secondary')}
          aria-disabled={isFull}
          aria-describedby={stateOf(props)['aria-describedby']}
          onClick={() => (isFull ? undefined : add())}
        >
          {texts.add(label)}
        </button>
      )}
      <p role="status" class={part('visually-hidden')}>
        {said.value}
      </p>
    </Grouped>
  )
}

/** Whether an item has labels of its own: a group's fields have one each, a box has it beside it. */
function isLabelled({ source }: Control): boolean {
  return 'label' in source && ['group', 'checkbox', 'switch', 'consent'].includes(source.type)
}

interface TitleProps {
  readonly item: Control
  readonly id: string
  readonly name: string
}

/** Name and number of an item, which are the label of its control where that is one element. */
function Title({ item, id, name }: TitleProps) {
  if (isLabelled(item)) return <p class={part('list-title')}>{name}</p>
  return (
    <label id={`${id}-label`} for={id} class={part('list-title')}>
      {name}
    </label>
  )
}

/** An item that is a group shows its fields without a heading of its own; the item has the name. */
function Item({ item, id, ...props }: MoreControlProps & { readonly item: Control }) {
  const { field: _, texts: __, ...rest } = props
  if ('label' in item.source && item.source.type === 'group')
    return <Parts {...props} control={item} id={id} field={item.source} />
  return <ControlView {...rest} control={item} id={id} last={false} bare={true} />
}

interface ItemButtonProps {
  readonly id: string
  readonly label: string
  readonly sign: 'up' | 'down' | 'remove'
  readonly disabled: boolean
  readonly onClick: () => void
}

/** Keeps focus when it can do nothing, so that moving to an end does not throw the person out of the list. */
function ItemButton({ id, label, sign, disabled, onClick }: ItemButtonProps) {
  return (
    <button
      id={id}
      type="button"
      class={`${part('list-button')} latchkey-sign-${sign}`}
      aria-label={label}
      aria-disabled={disabled}
      onClick={() => (disabled ? undefined : onClick())}
    />
  )
}
