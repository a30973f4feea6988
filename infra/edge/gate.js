// Before a private page: asks for a name and a password. Runs at CloudFront's edge before the cache, at each request.
//
// For the runtime cloudfront-js-2.0: ECMAScript 5.1 and a little more, at most 10 kB, a millisecond. What is wanted is
// in the key-value store under `page/name`, as `salt:sha256(salt:credentials)`, where credentials are what follows
// `Basic ` in the header. Nothing in the store, or a store that cannot be read, means closed.
const crypto = require('crypto');
import cf from 'cloudfront';

const PAGE = 'PAGE_ID';

async function handler(event) {
    const request = event.request;
    if (!(await opens(request.headers.authorization))) {
        return refused();
    }
    // Of a public page, this is the API's; of a private one the API knows nothing.
    if (request.uri === '/status/' + PAGE) {
        request.uri = '/status.json';
    }
    return request;
}

async function opens(header) {
    const sent = header && /^basic +([a-z0-9+/]+=*) *$/i.exec(header.value);
    if (!sent) {
        return false;
    }
    const name = Buffer.from(sent[1], 'base64').toString('utf8').split(':')[0];
    if (!/^[A-Za-z0-9._@-]{1,64}$/.test(name)) {
        return false;
    }
    let kept;
    try {
        kept = (await cf.kvs().get(PAGE + '/' + name)).split(':');
    } catch (error) {
        return false;
    }
    return same(crypto.createHash('sha256').update(kept[0] + ':' + sent[1]).digest('hex'), kept[1] || '');
}

// Looks at every character, whatever the first difference: the time says nothing of how much was right.
function same(one, other) {
    let different = one.length === other.length ? 0 : 1;
    for (let i = 0; i < one.length; i++) {
        different |= one.charCodeAt(i) ^ other.charCodeAt(i % (other.length || 1));
    }
    return different === 0;
}

function refused() {
    return {
        statusCode: 401,
        statusDescription: 'Unauthorized',
        headers: {
            'www-authenticate': { value: 'Basic realm="Status page", charset="UTF-8"' },
            'cache-control': { value: 'no-store' },
            'content-type': { value: 'text/plain; charset=utf-8' },
            'x-robots-tag': { value: 'noindex, nofollow' }
        },
        body: 'This page is private.\n'
    };
}
