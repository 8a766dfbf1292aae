// Opens an EPUB in foliate-js, in a headless Chromium, as a reader would, and says as JSON what it shows there.
//
//     node open.mjs NODE_MODULES BROWSER BOOK.epub PICTURES < orders.json
//
// Orders: { "pictures": [{ "name": "note", "href": "EPUB/chapter-01.xhtml#n1" }, ...] }. It judges nothing.

import fs from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'

const [modules, executablePath, epub, pictures] = process.argv.slice(2)
const puppeteer = createRequire(path.join(modules, 'any'))('puppeteer')

const HERE = import.meta.dirname
const SIZES = { narrow: { width: 360, height: 600 }, wide: { width: 1024, height: 720 } }
// So small that a screen seldom holds more than a printed page: where two begin on it, a reader says the second.
const SMALL = { width: 320, height: 220 }
const LIGHTS = { day: 'light', night: 'dark' }
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip' }

// Only what the reader is made of, and the book: what a book asks for elsewhere is refused, and told.
function file(address) {
    if (address === '/') return path.join(HERE, 'page.html')
    if (address === '/page.js') return path.join(HERE, 'page.js')
    if (address === '/book.epub') return epub
    return address.startsWith('/foliate-js/') && !address.includes('..') ? path.join(modules, address) : ''
}

const server = http.createServer((request, response) => {
    const found = file(new URL(request.url, 'http://localhost').pathname)
    const there = found && fs.existsSync(found)
    response.writeHead(there ? 200 : 404, { 'content-type': TYPES[path.extname(found)] ?? 'text/plain' })
    response.end(there ? fs.readFileSync(found) : '')
})

async function photograph(page, places) {
    for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewport(viewport)
        for (const [light, value] of Object.entries(LIGHTS)) {
            await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
            for (const { name, href } of places) {
                await page.evaluate(target => reader.show(target), href)
                await page.screenshot({ path: path.join(pictures, `${name}-${size}-${light}.png`) })
            }
        }
    }
}

const orders = JSON.parse(fs.readFileSync(0, 'utf8'))
await new Promise(listening => server.listen(0, '127.0.0.1', listening))
const home = `http://127.0.0.1:${server.address().port}/`
const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'], timeout: 60_000 })
const errors = []
try {
    const page = await browser.newPage()
    page.setDefaultTimeout(120_000)
    page.on('pageerror', error => errors.push(String(error)))
    page.on('console', message => message.type() === 'error' && errors.push(message.text()))
    page.on('requestfailed', request => errors.push(`${request.url()}: ${request.failure().errorText}`))
    page.on('request', request => {
        const url = request.url()
        if (!url.startsWith(home) && !/^(blob|data):/.test(url)) errors.push(`${url} was asked for`)
    })
    await page.setViewport(SMALL)
    await page.goto(home)
    await page.waitForFunction('window.reader')
    const seen = {}
    for (const part of ['contents', 'landmarks', 'pages', 'notes'])
        seen[part] = await page.evaluate(name => reader[name](), part)
    await photograph(page, orders.pictures)
    console.log(JSON.stringify({ ...seen, errors }))
} finally {
    await browser.close()
    server.close()
}
