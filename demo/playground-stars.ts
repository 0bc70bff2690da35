// A control of Nightline's own: five stars to choose from, as radio buttons that any keyboard knows.
import type { CustomControl, CustomControlState } from 'latchkey'

const WORDS = ['Not at all', 'Badly', 'So-so', 'Well', 'Like a child']

/** Takes focus at its first star, holds a number from 1 to 5, and clears when the chosen star is pressed again. */
export const stars: CustomControl = (host, { id, labelId, state, change, leave }) => {
  let chosen = 0
  const group = document.createElement('div')
  group.className = 'stars'
  group.setAttribute('role', 'radiogroup')
  group.setAttribute('aria-labelledby', labelId)
  const said = document.createElement('output')
  const inputs = WORDS.map((word, index) => {
    const input = document.createElement('input')
    input.type = 'radio'
    input.name = `${id}-star`
    input.id = index === 0 ? id : `${id}-${index + 1}`
    input.value = String(index + 1)
    input.setAttribute('aria-label', `${index + 1} of 5: ${word}`)
    input.addEventListener('change', () => change(index + 1))
    input.addEventListener('click', () => {
      if (chosen === index + 1) change(null)
    })
    group.append(input)
    return input
  })
  group.addEventListener('keydown', (event) => {
    if (event.key === 'Delete' || event.key === 'Backspace') change(null)
  })
  group.addEventListener('focusout', leave)
  group.append(said)
  host.append(group)

  function update({ value, required, readOnly, invalid, describedBy }: CustomControlState): void {
    chosen = typeof value === 'number' ? value : 0
    for (const [index, input] of inputs.entries()) {
      input.checked = chosen === index + 1
      input.classList.toggle('lit', index < chosen)
      input.disabled = readOnly
    }
    said.textContent = WORDS[chosen - 1] ?? 'Not said yet'
    group.ariaRequired = String(required)
    group.ariaInvalid = String(invalid)
    if (describedBy) group.setAttribute('aria-describedby', describedBy)
    else group.removeAttribute('aria-describedby')
  }
  update(state)
  return { update }
}
