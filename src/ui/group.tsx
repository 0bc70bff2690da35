// Fields that belong together, under one heading.
import { ControlView } from './control.tsx'
import { Grouped } from './control-frame.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

export function GroupControl(props: MoreControlProps) {
  return (
    <Grouped {...props} role="group" marks={false}>
      <div class={part('group')}>
        <Parts {...props} />
      </div>
    </Grouped>
  )
}

/** The controls inside a control. */
export function Parts({ field: _, texts: __, ...props }: MoreControlProps) {
  const { control, id } = props
  return (
    <>
      {control.parts.value.map((inner) => (
        <ControlView
          key={inner.name}
          {...props}
          control={inner}
          id={`${id}${inner.name.slice(control.name.length)}`}
          last={false}
        />
      ))}
    </>
  )
}
