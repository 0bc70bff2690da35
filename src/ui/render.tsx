// Puts a widget into an element of the page, inline or as a modal dialog, and takes it out again.
import { render } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { part } from './part.ts'
import { type WidgetProps, WidgetView } from './widget.tsx'

/** Draws the widget inside the host; the answer removes everything it drew. */
export function renderInline(host: Element, props: WidgetProps): () => void {
  render(
    <div class={part('root')}>
      <WidgetView {...props} />
    </div>,
    host,
  )
  return () => render(null, host)
}

/** Draws the widget in a modal dialog inside the host. `onClose` is told when the person closed it. */
export function renderDialog(host: Element, props: WidgetProps, onClose: () => void): () => void {
  render(<Dialog {...props} onClose={onClose} />, host)
  return () => render(null, host)
}

function Dialog({ onClose, ...props }: WidgetProps & { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    // The native dialog keeps focus inside, closes on Escape, and gives focus back when it closes.
    element?.showModal()
    // The dialog itself would give focus to the title, which takes no input.
    element?.querySelector<HTMLElement>('input, select, textarea')?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} class={part('dialog')} aria-labelledby={`${props.prefix}-title`} onClose={onClose}>
      <div class={part('root')}>
        <WidgetView {...props} />
        <button
          type="button"
          class={part('close')}
          aria-label={props.messages.close}
          onClick={() => dialog.current?.close()}
        >
          ×
        </button>
      </div>
    </dialog>
  )
}
