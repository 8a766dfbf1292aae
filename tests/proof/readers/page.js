// What the tests ask of the reader: each function moves it as a finger would, and says what then is seen.

import { FootnoteHandler } from '/foliate-js/footnotes.js'
import '/foliate-js/view.js'

// The reader's own style: colours of day or night, as the system has them. Notes stay where they stand, for a printed
// page may begin in one.
const STYLE = `
    html { color-scheme: light dark; }
    @media (prefers-color-scheme: dark) { a:link { color: lightblue; } }
`
const PATIENCE = 10_000

const view = document.createElement('foliate-view')
document.body.append(view)
await view.open(new File([await (await fetch('/book.epub')).blob()], 'book.epub'))
view.renderer.setStyles(STYLE)

const until = (event, target) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no ${event} in ${PATIENCE} ms`)), PATIENCE)
    target.addEventListener(event, ({ detail }) => { clearTimeout(late); resolve(detail) }, { once: true })
})
const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
const flat = items => (items ?? []).flatMap(item => [item, ...flat(item.subitems)])
const document_ = () => view.renderer.getContents()[0].doc

// Go somewhere, and wait until all fonts and pictures of the place are there.
async function show(target) {
    view.lastLocation = null
    await view.goTo(target)
    const shown = document_()
    await shown.fonts.ready
    await Promise.all([...shown.images].map(image => image.decode().catch(() => null)))
    await painted()
    if (!view.lastLocation) throw new Error(`the reader does not go to ${target}`)
    return view.lastLocation
}

// Where a link leads: the file, what the place and all around it are, and whether the place is on the screen then.
async function lead(href) {
    const { range, section } = await show(href)
    const { anchor } = view.resolveNavigation(href)
    const place = anchor(document_()) || document_().body
    const types = []
    for (let e = place.matches('body') ? place.firstElementChild : place; e; e = e.parentElement)
        types.push(...(e.getAttribute('epub:type') ?? '').split(/\s+/))
    return { file: view.book.sections[section.current].id, types, seen: range.intersectsNode(place) }
}

async function contents() {
    const led = new Map()
    for (const { href } of flat(view.book.toc)) led.set(href, await lead(href))
    const tell = ({ label, href, subitems }) => ({ label, href, ...led.get(href), below: (subitems ?? []).map(tell) })
    return view.book.toc.map(tell)
}

async function landmarks() {
    const told = []
    for (const { type, label, href } of view.book.landmarks ?? []) told.push({ type, label, href, ...await lead(href) })
    return told
}

// "Go to page N", and the page that the reader's status then says.
async function pages() {
    const told = []
    for (const { label, href } of view.book.pageList ?? []) {
        const { pageItem } = await show(href)
        told.push({ label, href, status: pageItem?.label ?? null })
    }
    return told
}

// Touch every call of a note, and read what pops up.
async function notes() {
    const handler = new FootnoteHandler()
    const pop = document.createElement('div')
    pop.id = 'note'
    document.body.append(pop)
    handler.addEventListener('before-render', ({ detail }) => pop.replaceChildren(detail.view))
    view.addEventListener('link', event => handler.handle(view.book, event)?.catch(error => console.error(error)))
    const told = []
    for (const [index, { id: file }] of view.book.sections.entries()) {
        await show(index)
        for (const call of document_().querySelectorAll('a[role="doc-noteref"]')) {
            const opened = until('render', handler)
            call.click()
            const { type, view: popped } = await opened
            await until('relocate', popped)
            const text = popped.renderer.getContents()[0].doc.body.textContent
            told.push({ file, href: call.getAttribute('href'), type, text })
        }
    }
    pop.remove()
    return told
}

window.reader = { contents, landmarks, notes, pages, show }
