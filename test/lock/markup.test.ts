// Markup becomes text, whatever is in it.
import { expect, test } from 'vitest'
import { plainText } from '../../src/lock/markup.ts'

const texts: readonly (readonly [markup: string, text: string])[] = [
  ['plain', 'plain'],
  ['a < b && c > d', 'a < b && c > d'],
  ['<b>bold</b> and <i>italic</i>', 'bold and italic'],
  ['one<br/>two<p>three</p>', 'one two three'],
  ['<img src=x onerror="alert(1)>">after', 'after'],
  ['<script>alert(1)</script>x<style>a{}</style><!-- <b>no</b> -->y', 'xy'],
  [
    '&lt;b&gt; &amp;amp; &quot;q&quot; &#39;&#x1F600;&nbsp;&auml;&unknown; &#0;&#xD800;',
    '<b> &amp; "q" \'😀 ä&unknown; \ufffd\ufffd',
  ],
  ['  much \n\t space  ', 'much space'],
  ['<unclosed href="', '<unclosed href="'],
]

for (const [markup, text] of texts) test(JSON.stringify(markup), () => expect(plainText(markup).text).toBe(text))

test('links are told with their text and address', () => {
  const { links } = plainText(
    `<a class="x" href="/a?b=1&amp;c=2"><b>One</b> two</a> <A HREF='/b'>B</A> <a href=/c>C</a> <a name="d">D</a> <abbr>E</abbr>`,
  )
  expect(links).toEqual([
    { label: 'One two', href: '/a?b=1&c=2' },
    { label: 'B', href: '/b' },
    { label: 'C', href: '/c' },
    { label: 'D', href: '' },
  ])
})

test('a long text of nothing but beginnings takes no time', () => {
  const started = performance.now()
  plainText('<a href="x" '.repeat(3000))
  plainText('<!--'.repeat(3000))
  expect(performance.now() - started).toBeLessThan(2000)
})
