// Fields that belong together, under one heading.
import type { Control } from '../state/control.ts'
import { Grouped } from './grouped.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'
import { Columns } from './sections.tsx'

export function GroupControl(props: MoreControlProps) {
  return (
    <Grouped {...props} role="group" heading={true}>
      <div class={part('group')}>
        <Parts {...props} />
      </div>
    </Grouped>
  )
}

/** The controls inside a control. */
export function Parts({ field: _, texts: __, ...props }: MoreControlProps) {
  const { control, id } = props
  const propsOf = (inner: Control) => ({
    ...props,
    control: inner,
    id: `${id}${inner.name.slice(control.name.length)}`,
    last: false,
    bare: false,
  })
  const orderOf = ({ source }: Control) => ('label' in source ? source.order : 0)
  const all = [...control.parts.value].sort((one, other) => orderOf(one) - orderOf(other))
  return <Columns all={all} propsOf={propsOf} />
}
