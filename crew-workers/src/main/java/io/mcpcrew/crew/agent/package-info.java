/// Agents: a model that is told who it is, offered tools, and answered until it says something.
///
/// Reading order: [AgentRules] decides what follows from a model's answer (pure), over [AgentState]
/// and [Toolbox]; [AgentRun] carries it out for one job, [AgentsWorker] for a crew's tasks;
/// [Prompts] is what a model is told, [WriteGate] which writes it may make, [GuardedWorker] what is
/// looked at before anything is said.
@NullMarked
package io.mcpcrew.crew.agent;

import org.jspecify.annotations.NullMarked;
