// The kinds of control that are fetched on first use, by type.
import { styles } from 'virtual:latchkey-styles/controls'
import type { Field } from '../fields/field.ts'
import type { ControlMessages } from '../i18n/messages.ts'
import { MultiselectControl, RadioControl } from './choice-controls.tsx'
import { ComboboxControl } from './combobox.tsx'
import { ConsentControl } from './consent.tsx'
import type { ControlProps } from './control-frame.tsx'
import { CustomControlView } from './custom-control.tsx'
import { GroupControl } from './group.tsx'
import { ListControl } from './list.tsx'
import { ColorControl, PictureControl, RangeControl } from './value-controls.tsx'

export { styles }

export interface MoreControlProps extends ControlProps {
  readonly field: Field
  readonly texts: ControlMessages
}

export function MoreControl(props: MoreControlProps) {
  switch (props.field.type) {
    case 'radio':
      return <RadioControl {...props} />
    case 'multiselect':
      return <MultiselectControl {...props} />
    case 'consent':
      return <ConsentControl {...props} />
    case 'group':
      return <GroupControl {...props} />
    case 'list':
      return <ListControl {...props} />
    case 'picture':
      return <PictureControl {...props} />
    case 'range':
      return <RangeControl {...props} />
    case 'color':
      return <ColorControl {...props} />
    case 'custom':
      return <CustomControlView {...props} />
    default:
      return <ComboboxControl {...props} />
  }
}
