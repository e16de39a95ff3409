"""The words of titles that tell what a position is about, weighed by hand. Folded: lower case, punctuation as blanks.

A term is found as whole words; a trailing `*` also takes longer words. Where two overlap, the longer one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Sort = Literal["job", "field", "topic", "research", "data", "near", "task", "trade", "hardware", "void"]
"""job: a name of the trade itself (data scientist), whatever stands around it
field: a discipline (machine learning), unless the position serves another function
topic: a catch-word (AI, LLM) that many other functions carry, too
research: a scientist or researcher, core unless of another science
data: work on data and its analysis
near: a neighbouring discipline
task: another function of a company
trade: another science, craft or profession
hardware: chips and devices
void: words to be read over ("data center")"""

TERMS: Mapping[Sort, Mapping[float, str]] = MappingProxyType(
    {
        "job": {
            0.97: """
            data scientist*, data science engineer, data science analyst*, machine learning engineer*, machine learning
            scientist*, machine learning research*, machine learning developer, machine learning intern, machine
            learning software, ml engineer*, ml scientist*, ml research*, ml intern, ml developer, mle, ml software, ai
            ml engineer*, ai ml intern, ai ml research*, ai ml scientist*, ai engineer, ai engineers, ai engineering,
            ai scientist*, ai researcher*, ai research intern, ai research engineer, ai research scientist, ai
            developer*, ai software engineer*, ai software developer*, ai software development, ai application
            engineer*, ai application developer*, ai applications engineer, ai data scientist, genai engineer*, genai
            developer*, llm engineer*, nlp engineer*, nlp scientist*, computer vision engineer*, computer vision
            scientist*, deep learning engineer*, deep learning scientist, deep learning researcher, deep learning
            software, perception scientist, applied scientist*, applied science, applied sciences intern, applied ai
            scientist*, applied ai engineer*, applied ml, applied machine learning, applied ai intern, applied ai
            research*, mlops engineer*, generative ai engineer*, generative ai developer*, prompt engineer*, decision
            scientist*, modelling resident, modeling resident, ai resident, ai residency, research engineer ai,
            computer vision research*, data science intern, data science internship*, intern data science, data science
            co op, cientista de dados, científico de datos, cientifico de datos, científica de datos, ai internship, ai
            agent engineer*, agentic ai engineer*
            """,
        },
        "field": {
            0.95: """
            machine learning, machinelearning, deep learning, deeplearning, artificial intelligence, computer vision,
            natural language processing, natural language understanding, language technolog*, large language model*,
            reinforcement learning, neural network*, data science, data sciences, datascience, ml, aiml, nlp,
            foundation model*, generative ai, generative artificial intelligence, generative model*, multimodal, multi
            modal, diffusion model*, world model*, representation learning, federated learning, statistical learning,
            statistical machine learning, recommender system*, recommendation system*, recommendation algorithm*,
            recommendation model*, learning to rank, speech recognition, speech synthesis, vision language, embodied
            ai, robot learning, imitation learning, ml ops, mlops, ai infrastructure, ai platform*, ai systems, ai
            safety research, ai alignment, conversational ai, trustworthy ai, explainable ai, edge ai, physical ai, ai
            research, ai for science, scientific machine learning, predictive model*, machine intelligence,
            computational linguistics, information retrieval, knowledge graph*, ai agent development, ai model*, ai
            algorithm*, post training, pre training, image classification, object detection, anomaly detection, model
            training, model serving, model inference, model infrastructure, model compression, model alignment, model
            interpretability, model evaluation, video generation, image generation, text generation, probabilistic
            programming, large scale learning, self supervised, unsupervised learning, transfer learning, active
            learning, knowledge distillation, speech processing, machine translation, question answering, semantic
            search, vector search, maschinelles lernen, maschinellem lernen, künstliche intelligenz, künstlicher
            intelligenz, ki entwicklung, apprentissage automatique, apprentissage profond, intelligence artificielle,
            science des données, data scientiste, aprendizaje automático, aprendizaje automatico, inteligencia
            artificial, ciencia de datos, visión artificial, apprendimento automatico, intelligenza artificiale,
            visione artificiale, aprendizado de máquina, inteligência artificial, ciência de dados, visão
            computacional, kunstmatige intelligentie, datawetenschap*, text mining, image recognition, graph neural,
            bayesian machine, causal ml, causal inference, search ranking, ads ranking, semantic segmentation, slam
            """,
        },
        "topic": {
            0.85: """
            ai, a i, genai, gen ai, ai training, llm, llms, gpt, agentic, ai agent*, ki, agentic ai, chatbot*, prompt,
            vlm*, ia
            """,
        },
        "research": {
            0.82: """
            research scientist*, research science, research engineer*, ai fellow*
            """,
            0.30: """
            research intern, researcher*, student researcher*, research fellow*, research associate*, research
            assistant*, research internship*, scientist*, research
            """,
        },
        "data": {
            0.62: """
            data analy*, analytics, data engineer*, data engineering, business intelligence, data visuali*, data
            mining, big data, data insights, statistic*, biostatistic*, econometric*, decision science*, decision
            support, data modeling, data modelling, data modeler, data pipeline*, data platform*, data warehouse*, data
            warehousing, data integration, data infrastructure, data strategy, data architect*, data management, data
            quality, data governance, data steward*, data operations, data ops, dataops, data systems, data products,
            data product, data solutions, data research*, data curation, data annotat*, data labeling, data
            informatics, data reporting, data developer*, data software, etl, bi analyst*, bi developer*, bi engineer*,
            bi intern, power bi, tableau, reporting and analytics, people analytics, marketing analytics, data digital,
            informatics, psychometric*, biometrics, econometrician*, text analytics, computational statistics,
            forecasting, predictive analytics, experimentation, insights analyst*, data visualization, datenanalyse*,
            datenwissenschaft*, datenanalyst*, data analist, analyse de données, analyste de données, analyste données,
            ingénieur données, análisis de datos, analista de datos, ingeniero de datos, analisi dei dati, analisi
            dati, analista dati, análise de dados, analista de dados, engenheiro de dados, engenharia de dados,
            analytiker*, data analyse*
            """,
            0.50: """
            data, insight, insights, bi, dataset*, reporting analyst*, dashboard*, powerbi, dati, datos, dados, daten,
            données
            """,
        },
        "near": {
            0.55: """
            quantitative research*, quant research*, quantitative analy*, quant analy*, quantitative develop*, quant
            develop*, quantitative strateg*, quant strateg*, quantitative model*, quantitative, quant, quants,
            recommendation, recommendations, statistical model*, quantitative finance, quantitative risk, quantitative
            trading research, algorithm, algorithms, algorithmic, algorithm develop*, perception, bioinformatic*,
            computational biolog*, computational scientist*, computational science, computational neuroscience,
            computational chem*, computational imaging, computational genom*, computational social, autonomy,
            autonomous driving, autonomous vehicle*, autonomous systems, self driving, sensor fusion, operations
            research, optimization scientist*, gpu*, cuda, hpc, high performance computing, signal processing, image
            processing, imaging scientist*, computational photography, speech, audio research, actuarial*, risk model*,
            credit model*, model risk, model validation, search engineer*, human ai, responsible ai, ai ethics, hci,
            human computer interaction, cheminformatic*, knowledge engineer*, geospatial data, computational methods
            research, applied math*, applied research*, research and analytics, math* model*, digital twin*,
            uncertainty quantification, bayesian, inverse problem*, pharmacometric*, scientific computing, catastrophe
            model*, point cloud*, visual computing, motion prediction, localization and mapping, gesture recognition,
            brain computer interface*, reinforcement, neuromorphic, systems biology, quantitative biology, statistical
            genetics, biomedical imaging, medical imaging, medical image*, photogrammetry, optimization research*,
            decision analy*
            """,
            0.30: """
            robotics, robotic, robot, robots, optimization, simulation, geospatial, gis, remote sensing, vision,
            mathemati*, modeling, modelling, geographic information, real world evidence, intelligence analyst*, sql,
            database*, motion planning, computational, quantum, genomics, personalization, ranking, epidemiolog*,
            economist*, economics research*, trading research, pricing, actuary, operations analyst*, automation
            """,
            0.20: """
            quantitative trad*, quant trad*
            """,
        },
        "task": {
            1.0: """
            analyst, analysts, business analyst*, systems analyst*, operations, ops, strategy, strategic, strategist,
            product manag*, product owner, product specialist*, compiler*, product operations, product ops, pm, project
            manag*, program manag*, programme manag*, product marketing, sales, marketing, gtm, go to market, business,
            business develop*, biz dev, partnerships, policy, public policy, legal, counsel, compliance, recruiting,
            recruiter*, talent acquisition, human resources, hr, finance, financial, fp a, accounting, audit, tax, qa,
            quality assurance, tester, governance, ethics, adoption, enablement, change management, consulting,
            consultant*, advisor, adviser, advisory, solution architect*, solutions architect*, solutions engineer*,
            solution engineer*, design, designer*, ux, ui, content, editor*, writer*, writing, community, customer*,
            client*, support, success, communications, growth, trainer*, tutor*, annotator*, evaluator*, rater*,
            labeler*, implementation, deployment strateg*, transformation, innovation, evangelist, advocate, developer
            relations, devrel, education, teaching, instructor*, teacher*, journalism, media, brand, social media,
            procurement, supply chain, logistics, administration, administrative, coordinator, assistant to, security,
            cybersecurity, cyber, cyber security, it, information technology, help desk, mobile developer*, mobile,
            full stack, fullstack, frontend, front end, web developer*, web development, forward deployed, product
            systems, process improvement, business process*, workflow*, erp, crm, sap, salesforce, investment*,
            investor*, venture*, equity, banking, real estate, creative, video*, art, artist*, animation, user
            research*, ux research*, market research*, competitive intelligence
            """,
        },
        "trade": {
            1.0: """
            mechanical, civil, chemical, chemistry, chemist, biology, biologist, biological, clinical, medical, nurse,
            nursing, pharmac*, toxicolog*, materials, material, polymer*, agronom*, agricultur*, plant, crop, food,
            nutrition, geolog*, geotechnic*, environmental, water, energy, petroleum, mining, nuclear, physics,
            physicist, aerospace, propulsion, manufacturing, industrial, process engineer*, packaging, construction,
            architecture intern, structural, hvac, welding, maintenance, facilities, electrician, automotive
            technician, lab technician, laboratory, formulation, catalysis, immunolog*, oncolog*, neuroscience,
            genetics, microbiolog*, cell, protein, antibod*, assay*, vaccine*, in vivo, wet lab, veterinar*, history,
            archiv*, library, sociolog*, psycholog*, kinesiolog*, sports, hospitality, retail associate, cashier,
            driver, warehouse associate, law, paralegal, metallurg*, optic*, photonic*, battery, batteries, power
            electronics, drilling, reservoir, geophysic*, ocean*, climate, ecology, wildlife, quantum computing,
            quantum hardware, quantum materials, biosafety, bioprocess*, bioanalytic*, forestry, hydrolog*, microscop*,
            separations, sensory, consumer science
            """,
        },
        "hardware": {
            1.0: """
            hardware, asic, soc, silicon, vlsi, rtl, fpga, firmware, analog, rf, pcb, circuit*, physical design, design
            verification, verification, validation, electrical, electronics, semiconductor*, wafer, lithography, ssd,
            memory, power and performance, thermal, embedded, board design, test engineer*, antenna*, optical
            """,
        },
        "void": {
            1.0: """
            data center*, data centre*, datacenter*, data entry, data protection, data privacy, data cabling, data
            communications, data recovery, master data, clinical data manage*, data collector*, data collection*, stock
            plan, masterdata, ai first, it intern data entry, research park, research triangle, market data technician,
            database administrat*, analytical chemistry, algorithmic trader, data acquisition, data capture, ai native,
            product data sheet, robotic process, site reliability, search engine optimization, seo, job search,
            research administration, research compliance, research park intern, clinical research coordinator, market
            research, user research, ux research, equity research, investment research, legal research, consumer
            research, design research, power systems
            """,
        },
    }
)
