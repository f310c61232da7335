import { choice, type ElementSchema, group, integer, text, value } from '../elementSchema.ts';

const descr = text('What it is for.');

const pool = group('Servers among which requests are shared.', {
  name: text('What virtual servers call the pool.'),
  mode: choice('Whether all servers work at once.', {
    loadbalance: 'Load Balance',
    failover: 'Manual Failover',
  }),
  descr,
  port: text('The port of the servers, or an alias.'),
  retry: integer('How often a server is asked before it counts as down.', {}),
  servers: text('The address of a server.'),
  serversdisabled: text('The address of a server that is left out.'),
  monitor: text('The monitor that says which servers are up.'),
});

const virtualServer = group('An address at which a pool answers.', {
  name: text('What the virtual server is called.'),
  descr,
  poolname: text('The pool that answers.'),
  port: text('The port at which it answers, or an alias.'),
  sitedown: text('The pool that answers when the first is down.'),
  ipaddr: text('The address at which it answers, a network or an alias.'),
  mode: choice('How requests reach the servers.', {
    redirect: 'Redirect',
    relay: 'Relay',
    redirect_mode: 'Redirect',
    relay_mode: 'Relay',
  }),
  relay_protocol: choice('What is relayed.', { tcp: 'TCP', dns: 'DNS' }),
});

const monitor = group('A way to find out whether a server is up.', {
  name: text('What pools call the monitor.'),
  type: choice('What is asked.', {
    icmp: 'ICMP',
    tcp: 'TCP',
    http: 'HTTP',
    https: 'HTTPS',
    send: 'Send/Expect',
  }),
  descr,
  desc: text('What it is for, in files of old versions.'),
  options: group('How it is asked.', {
    path: text('The path of the page that is fetched.'),
    host: text('The name of the host whose page it is.'),
    code: value('The status that the answer should have.', { type: 'integer', min: 100, max: 599 }),
    send: text('What is sent.'),
    expect: text('What the answer should hold.'),
  }),
});

/** Services > Load Balancer up to pfSense 2.4: load_balancer_*_edit.php, load_balancer_setting.php. */
export const loadBalancerSections: Readonly<Record<string, ElementSchema>> = {
  load_balancer: group(
    'The server load balancer, which pfSense 2.5 no longer has.',
    {
      lbpool: pool,
      virtual_server: virtualServer,
      monitor_type: monitor,
      setting: group('How monitors ask.', {
        timeout: integer('Milliseconds that an answer may take.', {}),
        interval: integer('Seconds between two questions.', {}),
        prefork: integer('How many processes relay.', {}),
      }),
    },
    { until: 19.2 },
  ),
};
