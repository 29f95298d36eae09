// Who is signed in and what happens in their unit. The token stays on the server; a cookie that no script can read stands for it.
const element = (id) => document.getElementById(id);

async function read(path) {
  const answer = await fetch(path, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
  return answer.json();
}

function show(person) {
  const unit = person.unit ? `${person.unit.name ?? ''} ${person.unit.code}` : '—';
  element('person').textContent = `${person.name} · ${person.roles.join(', ')} · ${unit}`;
  element('person').hidden = element('sign-out').hidden = false;
}

function list(incidents) {
  const rows = incidents.map((incident) => {
    const row = document.createElement('tr');
    row.append(...[
      incident.number,
      incident.grade.level ?? incident.grade.scope ?? '',
      incident.typeNames?.['zh-CN'] ?? incident.type,
      incident.commandingUnit.name ?? incident.commandingUnit.code,
      incident.peopleAffected.value,
      incident.status,
    ].map((text) => Object.assign(document.createElement('td'), { textContent: text })));
    return row;
  });
  element('incidents').tBodies[0].replaceChildren(...rows);
  element('incidents').hidden = false;
  element('notice').textContent = incidents.length ? '' : '没有事件 Nothing has happened here.';
}

async function signOut() {
  const proof = document.cookie.split('; ').find((cookie) => cookie.startsWith('XSRF-TOKEN='))?.slice('XSRF-TOKEN='.length);
  const answer = await fetch('/sign-out', { method: 'POST', headers: { 'X-XSRF-TOKEN': proof ?? '' } });
  location.assign(answer.ok ? (await answer.json()).continueAt : '/');
}

async function start() {
  element('sign-out').addEventListener('click', signOut);
  try {
    const person = await read('/v1/me');
    show(person);
    list((await read('/v1/incidents?limit=20')).items);
  } catch (failure) {
    if (failure.status === 401) {
      element('sign-in').hidden = false;
      element('notice').textContent = new URLSearchParams(location.search).get('signedIn') === 'no'
        ? '登录失败 Signing in did not work: try again.' : '请先登录 Sign in to see what happens in your unit.';
    } else if (failure.status === 403) {
      element('notice').textContent = '此角色不看单个事件 This role does not see single incidents.';
    } else {
      element('notice').textContent = '暂时无法读取 It cannot be read just now.';
    }
  }
}

start();
