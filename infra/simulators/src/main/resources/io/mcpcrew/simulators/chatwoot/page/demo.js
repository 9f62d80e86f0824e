import { words } from './words.js';

const $ = id => document.getElementById(id);
const LANGUAGES = { pt: 'pt-BR', en: 'en', es: 'es' };
const NAMES = ['Ana Lima', 'Bruno Teixeira', 'Carla Mendes', 'Diego Rocha', 'Elisa Barros', 'Fábio Martins', 'Gabriela Reis', 'Heitor Alves', 'Isabela Cunha', 'João Pedro Dias'];
const LARGEST = 10 * 1024 * 1024;

const remembered = (key, otherwise) => { try { return JSON.parse(localStorage.getItem('mcpcrew.' + key)) ?? otherwise; } catch { return otherwise; } };
const remember = (key, value) => { try { localStorage.setItem('mcpcrew.' + key, JSON.stringify(value)); } catch { /* private window: nothing is kept */ } };

const state = {
  language: remembered('language', 'pt'),
  accounts: [],
  account: null,
  conversations: new Map(),
  messages: new Map(), // display id -> Map(message id -> message)
  customer: null, // { conversation, name, phone }
  agent: null, // display id
  typing: new Map(), // 'customer:12' -> {until, bot}
  note: false,
  source: null,
};

const word = key => words[state.language][key] ?? words.pt[key];
const api = path => `/demo/api/${path}`;
const ofAccount = path => api(`${state.account.slug}/${path}`);

async function ask(path, body) {
  const options = body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? answer.message ?? `HTTP ${response.status}`);
  return answer;
}

function complain(error) {
  $('toast').textContent = word('failed') + error.message;
  $('toast').hidden = false;
  clearTimeout(complain.timer);
  complain.timer = setTimeout(() => { $('toast').hidden = true; }, 6000);
}

// ---- words ---------------------------------------------------------------------------------

function speak() {
  document.documentElement.lang = LANGUAGES[state.language];
  document.querySelectorAll('[data-word]').forEach(node => { node.textContent = word(node.dataset.word); });
  document.querySelectorAll('[data-title]').forEach(node => { node.title = word(node.dataset.title); node.setAttribute('aria-label', node.title); });
  document.querySelectorAll('[data-label]').forEach(node => node.setAttribute('aria-label', word(node.dataset.label)));
  document.querySelectorAll('[data-placeholder]').forEach(node => { node.placeholder = word(node.dataset.placeholder); });
  showLink(state.source?.readyState === EventSource.OPEN);
  showNote();
}

function showLink(on) {
  $('link').textContent = word(on ? 'online' : 'offline');
  $('link').classList.toggle('on', on);
}

const clock = at => new Date(at).toLocaleTimeString(LANGUAGES[state.language], { hour: '2-digit', minute: '2-digit' });
const initials = name => (name ?? '?').split(/\s+/).filter(Boolean).map(part => part[0]).filter((_, i, all) => i === 0 || i === all.length - 1).join('').toUpperCase();

// ---- small pieces of page --------------------------------------------------------------------

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

function button(className, text, pressed) {
  const node = make('button', className, text);
  node.type = 'button';
  node.addEventListener('click', pressed);
  return node;
}

/** Links and *bold* as WhatsApp shows them; everything else is text, never markup. */
function rich(text) {
  const node = make('div', 'text');
  for (const part of text.split(/(https?:\/\/[^\s<>"]+|\*[^*\n]+\*)/)) {
    if (/^https?:/.test(part)) {
      const link = make('a', '', part);
      link.href = part; link.target = '_blank'; link.rel = 'noopener noreferrer';
      node.append(link);
    } else if (/^\*[^*\n]+\*$/.test(part)) node.append(make('strong', '', part.slice(1, -1)));
    else node.append(part);
  }
  return node;
}

function attachmentNode(attachment) {
  if (attachment.type === 'image') {
    const image = make('img');
    image.src = attachment.url; image.alt = attachment.name; image.loading = 'lazy';
    image.addEventListener('load', () => image.closest('.thread')?.dispatchEvent(new Event('grown')));
    return image;
  }
  if (attachment.type === 'audio' || attachment.type === 'video') {
    const player = make(attachment.type);
    player.controls = true; player.preload = 'metadata'; player.src = attachment.url;
    player.setAttribute('aria-label', attachment.name);
    return player;
  }
  const link = make('a', '', '📎 ' + attachment.name);
  link.href = attachment.url;
  return link;
}

function messageNode(message, side) {
  if (message.kind === 'activity') return make('div', 'activity', message.text);
  const mine = side === 'customer' ? message.kind === 'customer' : message.kind !== 'customer';
  const node = make('article', `message ${mine ? 'mine' : 'theirs'}`);
  node.dataset.message = message.id;
  node.dataset.kind = message.private ? 'note' : message.kind;
  if (side === 'agent') node.classList.add(message.private ? 'is-note' : { bot: 'from-bot', customer: 'from-customer' }[message.kind] ?? 'from-agent');
  if (message.contentAttributes?.deleted) node.classList.add('gone');
  if (message.status === 'failed') node.classList.add('failed');
  if (side === 'agent' && message.kind !== 'customer') node.append(fromLine(message));
  message.attachments.forEach(attachment => node.append(attachmentNode(attachment)));
  if (message.text) node.append(rich(message.text));
  const items = message.contentAttributes?.items;
  if (side === 'customer' && message.contentType === 'input_select' && Array.isArray(items)) node.append(choices(message, items));
  else if (message.contentAttributes?.submitted_values) node.append(chosen(message));
  node.append(foot(message));
  return node;
}

function fromLine(message) {
  const line = make('div', 'from', message.sender ?? word('you'));
  if (message.private) line.append(make('span', 'badge', word('noteTag')));
  else if (message.kind === 'bot') line.append(make('span', 'badge', word('botTag')));
  return line;
}

/** In the web widget a question is answered where it stands, once; elsewhere a choice is a message. */
function choices(message, items) {
  const node = make('div', 'choices');
  node.dataset.testid = 'choices';
  const submitted = message.contentAttributes.submitted_values;
  if (submitted) node.append(...chosen(message).children);
  else items.forEach(item => node.append(button('', item.title ?? item.value, () => customerChooses(message, item.value))));
  return node;
}

function chosen(message) {
  const node = make('div', 'choices');
  node.append(make('span', 'chosen', '✓ ' + (message.contentAttributes.submitted_values[0]?.title ?? '')));
  return node;
}

async function customerChooses(message, value) {
  try {
    await ask(ofAccount(`conversations/${message.conversation}/choices`), { message: message.id, value });
  } catch (error) { complain(error); }
}

function foot(message) {
  const node = make('div', 'foot');
  if (message.kind === 'bot') {
    const link = button('why-link', word('whyLink'), () => explain(message));
    link.dataset.testid = 'why-link';
    link.setAttribute('aria-haspopup', 'dialog');
    node.append(link);
  }
  const time = make('time', '', clock(message.at));
  time.dateTime = message.at;
  node.append(time);
  return node;
}

function dots() {
  const node = make('div', 'message theirs dots');
  node.dataset.typing = 'true';
  node.setAttribute('aria-label', word('typing'));
  node.append(make('i'), make('i'), make('i'));
  return node;
}

/** Keeps the reader at the end, unless they have scrolled up to read. */
function fill(thread, nodes) {
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80 || !thread.dataset.filled;
  const known = new Map([...thread.children].map(node => [node.dataset.key, node]));
  let place = thread.firstChild;
  for (const { key, build } of nodes) {
    const node = known.get(key) ?? build();
    node.dataset.key = key;
    known.delete(key);
    if (node !== place) thread.insertBefore(node, place); else place = place.nextSibling;
  }
  known.forEach(node => node.remove());
  thread.dataset.filled = 'true';
  if (atEnd) thread.scrollTop = thread.scrollHeight;
}

const keyOf = (message, side) => `${side}:${message.id}:${state.language}:${message.status}:${message.contentAttributes?.deleted ?? ''}:${message.contentAttributes?.submitted_values ? 'chosen' : ''}`;

// ---- the customer ----------------------------------------------------------------------------

function customerOf(slug) {
  const known = remembered('customer.' + slug, null);
  if (known) return known;
  return newCustomer();
}

function newCustomer() {
  const digits = crypto.getRandomValues(new Uint32Array(1))[0] % 100000000;
  return { conversation: null, name: NAMES[digits % NAMES.length], phone: '+55119' + String(digits).padStart(8, '0') };
}

const keepCustomer = () => remember('customer.' + state.account.slug, state.customer);

function showCustomer() {
  if (!state.account) return;
  $('customer-title').textContent = state.account.name;
  $('company-face').textContent = initials(state.account.name);
  $('customer-name').value = state.customer.name;
  $('customer-name').disabled = state.customer.conversation !== null;
  showInboxes();
  const writing = isTyping('agent', state.customer.conversation);
  $('customer-sub').textContent = word(writing ? 'agentTyping' : 'usually');
  const messages = [...(state.messages.get(state.customer.conversation)?.values() ?? [])].filter(message => !message.private && message.kind !== 'activity');
  const nodes = messages.map(message => ({ key: keyOf(message, 'c'), build: () => messageNode(message, 'customer') }));
  if (messages.length === 0) nodes.push({ key: 'welcome' + state.account.slug + state.language, build: welcome });
  if (writing) nodes.push({ key: 'dots', build: dots });
  fill($('customer-messages'), nodes);
}

/** Where the customer writes; a conversation stays where it was begun. */
function showInboxes() {
  const inboxes = state.account.inboxes;
  if ($('customer-inbox').dataset.of !== state.account.slug) {
    $('customer-inbox').dataset.of = state.account.slug;
    $('customer-inbox').replaceChildren(...inboxes.map(inbox => { const option = make('option', '', inbox.name); option.value = inbox.id; return option; }));
  }
  $('customer-inbox').value = String(state.customer.inbox ?? inboxes[0]?.id ?? '');
  $('customer-inbox').disabled = state.customer.conversation !== null;
}

function welcome() {
  const node = make('div', 'welcome');
  node.append(make('p', '', word('welcome')));
  const tries = make('div', 'tries');
  (words.pt.tries[state.account.slug] ?? []).forEach(text => tries.append(button('', text, () => customerSends(text))));
  node.append(tries);
  return node;
}

// One message after the other: they arrive in the order in which they were written, and the first
// makes the conversation that the others belong to.
let lastPosted = Promise.resolve();

async function customerSends(text, attachment) {
  const { customer, account } = state;
  const first = customer.conversation === null;
  const posted = lastPosted.then(() => post(customer, account.slug, text, attachment));
  lastPosted = posted.catch(() => {});
  try {
    const { conversation } = await posted;
    if (first && state.customer === customer) {
      if (!$('agent-input').value) await openConversation(conversation, false); // the desk follows, unless somebody is writing there
      await loadMessages(conversation);
    }
    showAll();
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

async function post(customer, slug, text, attachment) {
  const body = { text, contact: { name: customer.name, phone: customer.phone } };
  if (customer.conversation !== null) body.conversation = customer.conversation;
  else if (customer.inbox) body.inbox = customer.inbox;
  if (attachment) body.attachment = attachment;
  const posted = await ask(api(`${slug}/messages`), body);
  if (customer.conversation === null) {
    customer.conversation = posted.conversation;
    remember('customer.' + slug, customer);
  }
  return posted;
}

function startAnew() {
  state.customer = newCustomer();
  keepCustomer();
  delete $('customer-messages').dataset.filled;
  showAll();
  $('customer-input').focus();
}

async function attach(file) {
  if (!file) return;
  if (file.size > LARGEST) { complain(new Error(word('tooBig'))); return; }
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
  const text = $('customer-input').value.trim();
  if (await customerSends(text, { name: file.name, mime: file.type || 'application/octet-stream', base64: btoa(binary) })) clear($('customer-input'));
}

// ---- the agent -------------------------------------------------------------------------------

function showAgent() {
  showList();
  const conversation = state.conversations.get(state.agent);
  $('agent-title').textContent = conversation ? conversation.contact?.name ?? '' : word('chooseOne');
  $('contact-face').textContent = conversation ? initials(conversation.contact?.name) : '·';
  $('status').textContent = conversation ? word('status')[conversation.status] : '';
  $('status').className = 'status ' + (conversation?.status ?? '');
  $('status').hidden = !conversation;
  $('status').dataset.status = conversation?.status ?? '';
  $('assignee').textContent = conversation ? (conversation.assignee ? `${word('with')} ${conversation.assignee}` : word('nobody')) : '';
  $('take-over').disabled = !conversation || (conversation.status === 'open' && conversation.assignee !== null);
  $('give-back').disabled = !conversation || (conversation.status === 'pending' && conversation.assignee === null);
  $('resolve').disabled = !conversation || conversation.status === 'resolved';
  $('agent-input').disabled = !conversation;
  showLabels(conversation);
  const messages = conversation ? [...(state.messages.get(state.agent)?.values() ?? [])] : [];
  const nodes = messages.map(message => ({ key: keyOf(message, 'a'), build: () => messageNode(message, 'agent') }));
  if (!conversation) nodes.push({ key: 'none' + state.language, build: () => make('p', 'welcome', word('noneYet')) });
  fill($('agent-messages'), nodes);
  const bot = isTyping('agent', state.agent)?.bot;
  $('agent-typing').textContent = isTyping('customer', state.agent) ? word('customerTyping') : bot ? word('botTyping') : '';
}

function showList() {
  const sorted = [...state.conversations.values()].sort((a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt) || b.conversation - a.conversation);
  $('count').textContent = sorted.length;
  const focused = document.activeElement?.closest?.('#conversations button')?.dataset.conversation;
  $('conversations').replaceChildren(...(sorted.length ? sorted.map(listItem) : [make('li', 'none', word('noneYet'))]));
  if (focused) $('conversations').querySelector(`[data-conversation="${focused}"]`)?.focus();
}

function listItem(conversation) {
  const item = make('li');
  const open = button('', undefined, () => openConversation(conversation.conversation, true));
  open.dataset.conversation = conversation.conversation;
  open.setAttribute('aria-current', conversation.conversation === state.agent);
  const middle = make('div', 'who');
  const last = conversation.lastMessage;
  middle.append(make('div', 'name', conversation.contact?.name ?? '—'), make('div', 'last', last ? last.text ?? word('attachment') : conversation.inbox));
  const right = make('div', 'when', clock(conversation.lastActivityAt));
  if (conversation.unread > 0 && conversation.conversation !== state.agent) right.append(document.createElement('br'), make('span', 'unread', conversation.unread));
  const face = make('span', 'face small', initials(conversation.contact?.name));
  face.setAttribute('aria-hidden', 'true');
  open.append(face, middle, right);
  item.append(open);
  return item;
}

function showLabels(conversation) {
  const choices = conversation ? [...new Set([...state.account.labels, ...conversation.labels])] : [];
  $('labels').replaceChildren(...choices.map(label => {
    const on = conversation.labels.includes(label);
    const node = button('', '# ' + label, () => act('labels', { labels: on ? conversation.labels.filter(other => other !== label) : [...conversation.labels, label] }));
    node.setAttribute('aria-pressed', on);
    return node;
  }));
}

async function openConversation(id, byHand) {
  state.agent = id;
  delete $('agent-messages').dataset.filled;
  if (byHand) document.body.dataset.desk = 'thread';
  await loadMessages(id);
  showAgent();
  if (byHand && matchMedia('(min-width: 821px)').matches) $('agent-input').focus();
}

async function act(deed, body) {
  if (state.agent === null) return;
  try {
    keepConversation(await ask(ofAccount(`conversations/${state.agent}/${deed}`), body ?? {}));
    showAll();
  } catch (error) { complain(error); }
}

async function agentSends(text) {
  try {
    await ask(ofAccount(`conversations/${state.agent}/replies`), { text, private: state.note });
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

function showNote() {
  $('note-toggle').setAttribute('aria-pressed', state.note);
  $('agent-form').classList.toggle('noting', state.note);
  $('agent-input').placeholder = word(state.note ? 'noteOn' : 'replyHint');
  $('agent-input').setAttribute('aria-label', $('agent-input').placeholder);
}

// ---- typing ----------------------------------------------------------------------------------

function isTyping(who, conversation) {
  const entry = state.typing.get(`${who}:${conversation}`);
  return entry && entry.until > Date.now() ? entry : null;
}

function typed(who, conversationOf) {
  let told = 0;
  let timer;
  const tell = on => {
    const conversation = conversationOf();
    if (conversation !== null) ask(ofAccount(`conversations/${conversation}/typing`), { who, on }).catch(() => {});
  };
  const stop = () => { if (told) tell(false); told = 0; clearTimeout(timer); };
  return {
    stop,
    key() {
      if (Date.now() - told > 4000) { told = Date.now(); tell(true); }
      clearTimeout(timer);
      timer = setTimeout(stop, 3000);
    },
  };
}

const customerTyping = typed('customer', () => state.customer?.conversation ?? null);
const agentTyping = typed('agent', () => state.note ? null : state.agent);

// ---- why -------------------------------------------------------------------------------------

async function explain(message) {
  $('why-sub').textContent = '';
  $('why-reply').replaceChildren(rich(message.text ?? ''));
  $('why-lines').replaceChildren();
  $('why-foot').textContent = '';
  showEmpty(word('whyLoading'));
  if (!$('why').open) $('why').showModal();
  try {
    const response = await fetch(ofAccount(`why?conversation=${message.conversation}&message=${message.id}`));
    const way = await response.json();
    showWay(way);
  } catch { showEmpty(word('whyEmpty')); }
}

function showWay(way) {
  const lines = way.lines ?? [];
  showEmpty(lines.length ? null : way.message ?? word('whyEmpty'));
  const start = lines.length ? Date.parse(lines[0].at) : 0;
  $('why-lines').replaceChildren(...lines.map(line => {
    const node = make('li');
    const since = Date.parse(line.at) - start;
    node.append(make('span', 'stage', word('stages')[line.stage] ?? line.stage), make('span', 'said', line.text), make('span', 'since', Number.isFinite(since) ? `+${since} ms` : ''));
    return node;
  }));
  $('why-sub').textContent = way.turn ? `${word('whyTurn')} ${way.turn}` : '';
  $('why-foot').textContent = way.totalMillis !== undefined && lines.length ? `${(way.totalMillis / 1000).toLocaleString(LANGUAGES[state.language], { maximumFractionDigits: 2 })} s ${word('whyTotal')}` : '';
}

function showEmpty(text) {
  $('why-empty').hidden = text === null;
  $('why-empty').textContent = text ?? '';
}

// ---- loading and live events -----------------------------------------------------------------

const keepConversation = conversation => state.conversations.set(conversation.conversation, conversation);

function keepMessage(conversation, message) {
  const known = state.messages.get(conversation);
  if (!known) return;
  const isLast = ![...known.keys()].some(id => id > message.id);
  known.set(message.id, { ...message, conversation });
  if (!isLast) state.messages.set(conversation, new Map([...known].sort(([a], [b]) => a - b)));
}

async function loadMessages(conversation) {
  if (conversation === null || state.messages.has(conversation)) return;
  const slug = state.account.slug;
  state.messages.set(conversation, new Map()); // live events that come meanwhile are kept
  try {
    const page = await ask(ofAccount(`conversations/${conversation}/messages`));
    if (state.account.slug !== slug) return;
    keepConversation(page.conversation);
    page.messages.forEach(message => keepMessage(conversation, message));
  } catch (error) {
    state.messages.delete(conversation);
    throw error;
  }
}

async function load() {
  const slug = state.account.slug;
  const list = await ask(ofAccount('conversations'));
  if (state.account.slug !== slug) return;
  state.conversations = new Map(list.map(conversation => [conversation.conversation, conversation]));
  state.messages.clear();
  state.typing.clear();
  if (!state.conversations.has(state.customer.conversation) && state.customer.conversation !== null) {
    await loadMessages(state.customer.conversation).catch(() => { state.customer = newCustomer(); keepCustomer(); });
  }
  if (!state.conversations.has(state.agent)) state.agent = state.customer.conversation ?? list[0]?.conversation ?? null;
  await Promise.all([loadMessages(state.customer.conversation), loadMessages(state.agent)]);
  showAll();
}

function listen() {
  state.source?.close();
  const source = new EventSource(ofAccount('events'));
  state.source = source;
  source.addEventListener('open', () => showLink(true));
  source.addEventListener('error', () => showLink(false));
  source.addEventListener('reset', () => load().catch(complain));
  source.addEventListener('conversation', event => { keepConversation(JSON.parse(event.data)); showSoon(); });
  source.addEventListener('message', event => {
    const { conversation, message } = JSON.parse(event.data);
    keepMessage(conversation, message);
    const known = state.conversations.get(conversation);
    if (known && message.kind !== 'activity') {
      known.lastActivityAt = message.at;
      if (!message.private) known.lastMessage = message;
      if (message.kind === 'customer') known.unread += 1;
      if (message.kind === 'agent' && !message.private) known.unread = 0;
    }
    state.typing.delete(`${message.kind === 'customer' ? 'customer' : 'agent'}:${conversation}`);
    showSoon();
  });
  source.addEventListener('typing', event => {
    const typing = JSON.parse(event.data);
    if (typing.private) return;
    const key = `${typing.who}:${typing.conversation}`;
    if (typing.on) state.typing.set(key, { until: Date.now() + 15000, bot: typing.bot }); else state.typing.delete(key);
    showSoon();
    setTimeout(showSoon, 15100);
  });
}

let planned = false;
/** Many events in one frame are one picture. */
function showSoon() {
  if (planned) return;
  planned = true;
  setTimeout(() => { planned = false; showAll(); }, 16);
}

function showAll() {
  showCustomer();
  showAgent();
}

async function choose(slug) {
  customerTyping.stop();
  agentTyping.stop();
  state.account = state.accounts.find(account => account.slug === slug) ?? state.accounts[0];
  remember('account', state.account.slug);
  $('account').value = state.account.slug;
  state.customer = customerOf(state.account.slug);
  keepCustomer();
  state.agent = null;
  document.body.dataset.desk = 'list';
  delete $('customer-messages').dataset.filled;
  delete $('agent-messages').dataset.filled;
  listen();
  await load();
}

// ---- hands and keys --------------------------------------------------------------------------

function clear(field) {
  field.value = '';
  grow(field);
}

function grow(field) {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight + 2, 130)}px`;
}

function composer(form, field, typing, send) {
  field.addEventListener('input', () => { grow(field); if (field.value.trim()) typing.key(); });
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    clear(field);
    typing.stop();
    if (!await send(text) && !field.value) { field.value = text; grow(field); }
    if (document.activeElement === document.body || form.contains(document.activeElement)) field.focus(); // whoever writes elsewhere by now goes on there
  });
}

composer($('customer-form'), $('customer-input'), customerTyping, text => customerSends(text));
composer($('agent-form'), $('agent-input'), agentTyping, text => agentSends(text));
$('new-conversation').addEventListener('click', startAnew);
$('customer-attach').addEventListener('click', () => $('customer-file').click());
$('customer-file').addEventListener('change', event => { attach(event.target.files[0]).catch(complain); event.target.value = ''; });
$('customer-name').addEventListener('change', event => { state.customer.name = event.target.value.trim() || state.customer.name; keepCustomer(); showCustomer(); });
$('customer-inbox').addEventListener('change', event => { state.customer.inbox = Number(event.target.value); keepCustomer(); });
$('take-over').addEventListener('click', () => act('take-over'));
$('give-back').addEventListener('click', () => act('give-back'));
$('resolve').addEventListener('click', () => act('resolve'));
$('note-toggle').addEventListener('click', () => { state.note = !state.note; showNote(); $('agent-input').focus(); });
$('agent-input').addEventListener('keydown', event => { if (event.key === 'Escape' && state.note) { state.note = false; showNote(); } });
$('back-to-list').addEventListener('click', () => { document.body.dataset.desk = 'list'; });
$('why-close').addEventListener('click', () => $('why').close());
$('why').addEventListener('click', event => { if (event.target === $('why')) $('why').close(); });
$('account').addEventListener('change', event => choose(event.target.value).catch(complain));
$('language').value = state.language;
$('language').addEventListener('change', event => { state.language = event.target.value; remember('language', state.language); speak(); showAll(); });
for (const side of ['customer', 'agent']) {
  $('side-' + side).addEventListener('click', () => {
    document.body.dataset.side = side;
    $('side-customer').setAttribute('aria-pressed', side === 'customer');
    $('side-agent').setAttribute('aria-pressed', side === 'agent');
    for (const id of ['customer-messages', 'agent-messages']) $(id).scrollTop = $(id).scrollHeight;
  });
}
for (const id of ['customer-messages', 'agent-messages']) $(id).addEventListener('grown', event => { event.target.scrollTop = event.target.scrollHeight; });

speak();
(async () => {
  state.accounts = await ask(api('accounts'));
  $('account').replaceChildren(...state.accounts.map(account => { const option = make('option', '', account.name); option.value = account.slug; return option; }));
  await choose(remembered('account', state.accounts[0]?.slug));
  if (matchMedia('(min-width: 821px)').matches) $('customer-input').focus();
})().catch(complain);
